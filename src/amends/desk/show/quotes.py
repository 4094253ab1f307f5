"""Sentences as evidence: whose they are, where they stand, and the button that takes back what the reader saw."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.desk.contexts import ActionView, QuoteView
from amends.insight.casefile import CaseFile
from amends.method.words import Evidence, Voice
from amends.transcript import Span


@dataclass(frozen=True, slots=True)
class Quoter:
    """Quotes from one case."""

    file: CaseFile
    shown: frozenset[str]
    """The messages on this page, which a quote can lead to."""

    @classmethod
    def of(cls, file: CaseFile) -> "Quoter":
        """Return the quoter of this file."""
        return cls(file, frozenset(words.id for words in file.talk.messages))

    def quote(self, evidence: Evidence, *kinds: str) -> QuoteView:
        """Return the evidence as a quote. `kinds` are the facts that it may have made, for taking them back."""
        view = self.span(evidence.span, by=evidence.by)
        seq = next((s for kind in kinds if (s := self.file.seqs.get((kind, evidence.span))) is not None), None)
        if seq is None or evidence.by is Voice.PERSON:
            return view
        return replace(view, actions=(self._not_so(seq),))

    def maybe(self, evidence: Evidence | None, *kinds: str) -> QuoteView | None:
        """Return the evidence as a quote, where there is any."""
        return None if evidence is None else self.quote(evidence, *kinds)

    def span(self, span: Span, by: Voice = Voice.READER) -> QuoteView:
        """Return the words of a span as a quote."""
        source = self.file.texts.source(span.source)
        incoming = source is not None and source.incoming
        author = "" if source is None else self.file.people.name(source.author)
        return QuoteView(
            words=self.file.texts.words(span),
            side="customer" if incoming else "us",
            who=self.file.customer.label if incoming else author,
            at=None if source is None else source.at,
            url=f"#message-{span.source}" if span.source in self.shown else "",
            by=by,
        )

    def all(self, told: Iterable[tuple[Evidence | None, tuple[str, ...]]]) -> tuple[QuoteView, ...]:
        """Return the quotes of all evidence that there is, each sentence once."""
        seen: dict[Span, QuoteView] = {}
        for evidence, kinds in told:
            if evidence is not None and evidence.span not in seen:
                seen[evidence.span] = self.quote(evidence, *kinds)
        return tuple(seen.values())

    def _not_so(self, seq: int) -> ActionView:
        url = reverse("desk:record", args=[self.file.number, "not-so"])
        return ActionView(label=_("Not so"), url=url, tone="quiet", icon="undo-2", fields=(("seq", str(seq)),))
