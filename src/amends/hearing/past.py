"""What nobody recorded in a conversation that is past: that a promise was kept, that it is fixed.

In a live case people say so. In a transcript the words have to: "the courier collected it this morning" keeps what was
promised, "it works now, thank you" is a fix.
"""

import re
from collections.abc import Iterator
from datetime import datetime

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
from amends.method.state import State
from amends.method.words import Evidence
from amends.reading import ActKind, Reading
from amends.transcript import Message, Span

_DONE = re.compile(
    r"\b(?:refunded|reimbursed|credited|replaced|repaired|fixed|solved|resolved|sorted|sent|shipped|dispatched|issued|"
    r"processed|cancelled|canceled|restored|unlocked|unblocked|reinstated|corrected|delivered|waived|removed|reversed|"
    r"activated|reactivated|updated|booked|paid|completed|done|transferred|installed|changed|back (?:up|online))\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not|n't|will|shall|going to|once|when|if|being|until|yet|soon)\b", re.IGNORECASE)
_AGAINST = (ActKind.PROBLEM, ActKind.REJECT, ActKind.BID, ActKind.THREAT, ActKind.REPEAT)
_US = "company"


def heard(state: State, message: Message, reading: Reading) -> list[AnyMove]:
    """Return the moves of a customer's past message: those of a live one, and a fix that they tell of."""
    moves = hear(state, message, reading)
    glad = reading.of(ActKind.ACCEPT, ActKind.THANKS)
    told = state.updated is not None or state.instructed is not None or state.agreement is not None
    if not glad or not told or state.open_offer is not None or reading.of(*_AGAINST):
        return moves
    words = Evidence(Span(message.id, glad[0].start, glad[0].end))
    came: list[AnyMove] = [KeepPromise(promise=promise.promise, words=words) for promise in state.owed]
    if state.resolved_at is None:
        came.append(Resolve())
    received = ReceiveMessage(message=message.id, automatic=message.automatic, needs_answer="?" in message.text)
    rest = [move for move in moves if not isinstance(move, ReceiveMessage)]
    return [*came, received, *rest, ConfirmFix(words=words)]


def said(state: State, message: Message, reading: Reading, *, at: datetime, calendar: Calendar) -> list[AnyMove]:
    """Return the moves of one of the company's past messages, with what it kept, moved and fixed."""
    moves: list[AnyMove] = [SendMessage(message=message.id, automatic=message.automatic)]
    if message.automatic:
        return moves
    weighed = weigh(state, message, reading, at=at, calendar=calendar, owner=message.author or _US)
    new = [move for move in weighed if isinstance(move, ProposePromise)]
    due = None if _tells_a_deed(message, reading) else next((move.due for move in new if move.due is not None), None)
    moves += _kept(state, message, due)
    for move in weighed:
        if isinstance(move, ProposePromise):
            moves.append(MakePromise(promise=move.promise, what=move.what, owner=move.owner, due=move.due))
        else:
            moves.append(move)
    if _fixes(state, message, reading, new):
        moves.append(Resolve())
    return moves


def _kept(state: State, message: Message, due: datetime | None) -> Iterator[AnyMove]:
    """Yield what becomes of the promises that are owed: a later word keeps them, or moves them to when it is `due`."""
    words = Evidence(Span.whole(message.id, message.text))
    for promise in state.owed:
        if due is not None:
            yield MovePromise(promise=promise.promise, due=due, words=words)
        else:
            yield KeepPromise(promise=promise.promise, words=words)


def _fixes(state: State, message: Message, reading: Reading, promises: list[ProposePromise]) -> bool:
    asked = reading.of(ActKind.DIAGNOSE, ActKind.VERIFY, ActKind.INVITE_BID, ActKind.ABOUT_FACE)
    return state.resolved_at is None and not promises and not asked and _tells_a_deed(message, reading)


def _tells_a_deed(message: Message, reading: Reading) -> bool:
    """Whether the message reports something done, rather than how things stand."""
    told = (message.text[act.start : act.end] for act in reading.of(ActKind.UPDATE))
    return any(_DONE.search(words) and not _NOT_YET.search(words) for words in told)
