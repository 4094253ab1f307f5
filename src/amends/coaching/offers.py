"""Sentences that offer what a customer named themselves: their bid, or what they would do in our place.

The reader reads each of them back as this remedy with this amount; a test sees to it. Where there is no such sentence,
people find their own words.
"""

from collections.abc import Mapping
from typing import Final

from amends.method.words import Remedy

_WITH_AMOUNT: Final[Mapping[Remedy, str]] = {
    Remedy.REFUND: "We can refund you {amount}.",
    Remedy.COMPENSATION: "We can offer you a compensation of {amount} for the trouble.",
    Remedy.DONATION: "We can donate {amount} in your name to a charity that you choose.",
}
_WITHOUT: Final[Mapping[Remedy, str]] = {
    Remedy.REFUND: "We can refund you what you paid.",
    Remedy.REPLACEMENT: "We can send you a replacement, at no cost to you.",
    Remedy.REPAIR: "We can repair it for you, at no cost to you.",
    Remedy.CANCELLATION: "We can cancel the contract for you.",
    Remedy.EXPLANATION: "We can explain to you in writing what went wrong, and why.",
    Remedy.APOLOGY: "Our manager can write to you personally and apologise to you.",
    Remedy.PRIORITY: "From now on we can treat your requests with priority.",
    Remedy.CHANGE: "We can change the way we do this, so that it does not happen to anybody again.",
}


def sentence_for(remedy: Remedy, amount: str) -> str:
    """Return a sentence that offers this; empty where there is none. `amount` is written out, or empty.

    >>> sentence_for(Remedy.REFUND, "€20"), sentence_for(Remedy.REPAIR, "€20")
    ('We can refund you €20.', 'We can repair it for you, at no cost to you.')
    """
    if amount and remedy in _WITH_AMOUNT:
        return _WITH_AMOUNT[remedy].format(amount=amount)
    return _WITHOUT.get(remedy, "")
