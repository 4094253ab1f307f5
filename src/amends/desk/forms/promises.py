"""Promises: confirmed, made, moved in time, handed over, asked of others, taken or turned down."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.desk.forms.fields import READ_BY_THEM, MomentField, PersonField, words
from amends.insight.people import Colleague

_ASKED: Final = _("They are asked; until they say yes, it stays with who does it. They see this promise, not the case.")


class PromiseForm(forms.Form):
    """A form about one promise: `promise` tells its fields from those of the others on the page.

    `people` can look after it, `others` (of other teams) can be asked to; where there are none, nobody is asked.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own
        people: Sequence[Colleague] = (),
        others: Sequence[Colleague] = (),
        promise: str = "new",
        **kwargs: Any,  # noqa: ANN401  Django's own
    ) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}-{promise.replace(':', '-')}-%s")
        super().__init__(*args, **kwargs)
        if "owner" in self.base_fields:
            self.fields["owner"] = PersonField(people, label=self.base_fields["owner"].label or "")
        if "ask" in self.base_fields:
            asked = self.base_fields["ask"]
            self.fields["ask"] = PersonField(others, label=asked.label or "", nobody=not asked.required, by_team=True)
            self.fields["ask"].help_text = asked.help_text
            if not others:
                del self.fields["ask"]


class Confirm(PromiseForm):
    """Who keeps it, and by when."""

    owner = forms.ChoiceField(label=_("Who does it?"))
    due = MomentField(label=_("By when?"))
    ask = forms.ChoiceField(label=_("Is it for another team to do?"), required=False, help_text=_ASKED)


class Make(PromiseForm):
    """A promise that was made in other words than a message of ours."""

    what = words(_("What was promised?"), help_text=READ_BY_THEM)
    owner = forms.ChoiceField(label=_("Who does it?"))
    due = MomentField(label=_("By when?"))
    ask = forms.ChoiceField(label=_("Is it for another team to do?"), required=False, help_text=_ASKED)


class Move(PromiseForm):
    """Another time, and the word to the customer."""

    due = MomentField(label=_("By when instead?"))
    tell = words(
        _("Your word to the customer"),
        rows=4,
        help_text=_("It is sent to them in the same step: what changes, and why."),
    )


class HandOver(PromiseForm):
    """A colleague looks after it."""

    owner = forms.ChoiceField(label=_("Who looks after it now?"))


class Ask(PromiseForm):
    """Somebody of another team is asked to keep it."""

    ask = forms.ChoiceField(label=_("Who is asked?"), help_text=_ASKED)


class Kept(PromiseForm):
    """It is done; how, for colleagues."""

    how = words(_("How was it done?"), required=False, help_text=_("Your colleagues read it, the customer does not."))


class TurnDown(PromiseForm):
    """It cannot be kept by who was asked, and why."""

    why = words(_("Why can you not?"), help_text=_("Whoever asked you has to find another way, or another date."))
