"""What nobody recorded in a conversation that is past: that a promise was kept, that it is fixed.

In a live case people say so. In a transcript the words have to: "the courier collected it this morning" keeps what was
promised, "it works now, thank you" is a fix.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from amends.hearing.incoming import hear
from amends.hearing.reply import weigh
from amends.method.calendar import Calendar
from amends.method.moves import (
    AnyMove,
    ConfirmFix,
    KeepPromise,
    MakePromise,
    MovePromise,
    ProposePromise,
    ReceiveMessage,
    Resolve,
    SendMessage,
)
from amends.method.state import Promise, State
from amends.method.words import Evidence
from amends.reading import ActKind, Reading
from amends.transcript import Message, Span

_DONE = re.compile(
    r"\b(?:refunded|reimbursed|credited|replaced|repaired|fixed|solved|resolved|sorted|sent|shipped|dispatched|issued|"
    r"processed|cancelled|canceled|restored|unlocked|unblocked|reinstated|corrected|delivered|waived|removed|reversed|"
    r"activated|reactivated|updated|booked|paid|completed|done|transferred|installed|changed|back (?:up|online))\b",
    re.IGNORECASE,
)
_HANDED_OVER = re.compile(r"\b(?:here (?:is|are)|here's|attached|enclosed)\b", re.IGNORECASE)
_A_WORD = re.compile(  # promises that are kept by any message
    r"\b(?:write|reply|answer|(?:get|come) back|let you know|tell you|update|inform|hear from|in touch|"
    r"message|decision|confirm|e-?mail|contact|report)\b",
    re.IGNORECASE,
)
_ARRIVED = re.compile(
    r"\b(?:arrived|it(?:'s| is| has)? (?:just )?(?:here|come|came|arrived|done|on|back|in)|(?:was|were|has been) here|"
    r"came (?:at|this|today|yesterday|in|on|just)|got (?:it|the|my|them)|received|works?(?: again| now|ing)?|"
    r"working|fixed|sorted|repaired|solved|resolved|running|is (?:on|in|back|up|through|there)|are (?:on|in|back)|"
    r"on my (?:account|card)|delivered|refunded|paid out|holding)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not|n't|will|shall|going to|once|when|if|being|until|yet|soon)\b", re.IGNORECASE)
_JUST_BEFORE = 24  # characters
_NEARLY_DUE = timedelta(days=1)  # of several promises, which one is kept by what came
_AGAINST = (ActKind.PROBLEM, ActKind.REJECT, ActKind.BID, ActKind.THREAT, ActKind.REPEAT)
_US = "company"


def _tells_arrival(text: str) -> bool:
    """Say whether a customer tells that something came, or works."""
    return any(
        not _NOT_YET.search(text[max(0, match.start() - 24) : match.start()]) for match in _ARRIVED.finditer(text)
    )


def heard(state: State, message: Message, reading: Reading) -> list[AnyMove]:
    """Return the moves of a customer's past message: those of a live one, and a fix that they tell of.

    While something is still owed, thanks are for the promise; only what has come, or works, is a fix.
    """
    moves = hear(state, message, reading)
    kept: list[Promise] = []
    if state.owed and _tells_arrival(message.text) and not reading.of(ActKind.REJECT, ActKind.BID, ActKind.THREAT):
        kept = [promise for promise in state.owed if len(state.owed) == 1 or _is_due(promise, message.at)]
        words = Evidence(Span.whole(message.id, message.text))
        moves = [*(KeepPromise(promise=promise.promise, words=words) for promise in kept), *moves]
    glad = reading.of(ActKind.ACCEPT, ActKind.THANKS)
    told = state.updated is not None or state.instructed is not None or state.agreement is not None
    waits = len(kept) < len(state.owed)
    if not glad or not told or waits or state.open_offer is not None or reading.of(*_AGAINST):
        return moves
    came: list[AnyMove] = [move for move in moves if isinstance(move, KeepPromise)]
    if state.resolved_at is None:
        came.append(Resolve())
    received = ReceiveMessage(message=message.id, automatic=message.automatic, needs_answer="?" in message.text)
    rest = [move for move in moves if not isinstance(move, ReceiveMessage | KeepPromise)]
    words = Evidence(Span(message.id, glad[0].start, glad[0].end))
    return [*came, received, *rest, ConfirmFix(words=words)]


def _is_due(promise: Promise, at: datetime | None) -> bool:
    return promise.due is None or at is None or promise.due - at <= _NEARLY_DUE


def said(
    state: State,
    message: Message,
    reading: Reading,
    *,
    at: datetime,
    calendar: Calendar,
    texts: Mapping[str, str],
) -> list[AnyMove]:
    """Return the moves of one of the company's past messages, with what it kept, moved and fixed.

    `texts` are the messages so far, by their ids: what was promised stands in them.
    """
    moves: list[AnyMove] = [SendMessage(message=message.id, automatic=message.automatic)]
    if message.automatic:
        return moves
    weighed = weigh(state, message, reading, at=at, calendar=calendar, owner=message.author or _US)
    new = [move for move in weighed if isinstance(move, ProposePromise)]
    deed = _tells_a_deed(message, reading)
    due = None if deed else next((move.due for move in new if move.due is not None), None)
    for promise in state.owed:
        moves += _becomes(
            promise, message, due, at, deed=deed, words=promise.what.of(texts.get(promise.what.source, ""))
        )
    for move in weighed:
        if isinstance(move, ProposePromise):
            moves.append(MakePromise(promise=move.promise, what=move.what, owner=move.owner, due=move.due))
        else:
            moves.append(move)
    if _fixes(state, message, reading, new):
        moves.append(Resolve())
    return moves


def _becomes(
    promise: Promise, message: Message, due: datetime | None, at: datetime, *, deed: bool, words: str
) -> Iterator[AnyMove]:
    """Yield what becomes of a promise that is owed: a later word keeps it, or moves it to when it is `due` now.

    A deed keeps whatever was promised, any word what was to be written or told; and after its time nothing is open
    about it any more, kept or broken.
    """
    evidence = Evidence(Span.whole(message.id, message.text))
    if due is not None and not _A_WORD.search(words):
        yield MovePromise(promise=promise.promise, due=due, words=evidence)
    elif deed or _A_WORD.search(words) or promise.due is None or at >= promise.due:
        yield KeepPromise(promise=promise.promise, words=evidence)


def _fixes(state: State, message: Message, reading: Reading, promises: list[ProposePromise]) -> bool:
    asked = reading.of(ActKind.DIAGNOSE, ActKind.VERIFY, ActKind.INVITE_BID, ActKind.ABOUT_FACE)
    return state.resolved_at is None and not promises and not asked and _tells_a_deed(message, reading)


def _tells_a_deed(message: Message, reading: Reading) -> bool:
    """Whether the message reports something done, rather than how things stand."""
    told = (message.text[act.start : act.end] for act in reading.of(ActKind.UPDATE))
    done = any(_DONE.search(words) and not _NOT_YET.search(words) for words in told)
    return done or _HANDED_OVER.search(message.text) is not None
