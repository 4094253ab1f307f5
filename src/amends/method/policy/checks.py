"""Whether the numbers of a policy can be: in one sentence, what is wrong and what would be right."""

from datetime import timedelta
from math import inf

from amends.method.calendar import BadCalendar
from amends.method.calendar.hours import checked_week
from amends.method.policy.numbers import Policy, Stake
from amends.method.words import Rank
from amends.transcript import BadMoney, currency_of

_MOST_UPDATES = 5
_SHORTEST_CALL, _LONGEST_CALL = timedelta(minutes=5), timedelta(hours=8)
_FULL, _FAR, _MOST_WEIGHT = 1, 30, 10
MOST_RATE = 1_000_000_000
"""What one unit of a currency is worth in another at most; more is a slip of the finger."""
_LONGEST = 10_000  # of any unit; more is a slip of the finger


def wrong_number(policy: Policy) -> str:
    """Return what is wrong with the policy's numbers, in one sentence; empty where nothing is."""
    return _wrong_term(policy) or _wrong_call(policy) or _wrong_money(policy) or _wrong_stake(policy.stake)


def _wrong_term(policy: Policy) -> str:
    terms = dict(policy.terms())
    for name, clock in policy.legal.items():
        terms |= {f"legal.{name}.within": clock.within, f"legal.{name}.warn": clock.warn}
    for name, term in terms.items():
        if not 0 <= term.amount <= _LONGEST:  # not so for `nan` either, which TOML can say
            return f"[{name}] amount: a term is nothing or more, and {_LONGEST} {term.unit} at the most."
        if term.unit in ("days", "working_days") and term.amount != int(term.amount):
            return f"[{name}] amount: days are whole; for a part of one, write hours."
    if not 0 <= policy.routine_updates <= _MOST_UPDATES:
        return f"routine_updates: from 0 (a person writes each one) to {_MOST_UPDATES} in a row."
    return ""


def _wrong_call(policy: Policy) -> str:
    if policy.callback_tries < 1:
        return "callback_tries: a call-back is tried at least once."
    slot = policy.callback_slot
    if slot.unit not in ("minutes", "hours") or not _SHORTEST_CALL <= policy.slot <= _LONGEST_CALL:
        return "[callback_slot]: a call is kept free for some minutes or hours, from 5 minutes to 8 hours."
    if not policy.suits:
        return 'suits: say at which hours of the day customers like to be called, such as "09:00-20:00".'
    try:
        checked_week((policy.shifts_that_suit,) * 7)
    except BadCalendar as wrong:
        return f"suits: {wrong}"
    return ""


def _wrong_money(policy: Policy) -> str:
    for name, limits in (("authority", policy.authority), ("authority.month", policy.authority.month)):
        for rank in Rank:
            limit = limits.of(rank)
            if limit is not None and not (limit.is_finite() and limit >= 0):
                return f"[{name}] {rank.value}: a limit is nothing or more; leave it out for no limit."
    return _wrong_rates(policy) or _wrong_stake(policy.stake)


def _wrong_rates(policy: Policy) -> str:
    try:
        known = currency_of(policy.currency)
    except BadMoney as wrong:
        return f"currency: {wrong}."
    if known != policy.currency:
        return f"currency: {policy.currency!r} is not a currency; write three capital letters, {known}."
    if policy.rates_last.unit != "days":
        return "[rates_last] unit: a rate lasts for days."
    for currency, rates in policy.rates.items():
        try:
            known = currency_of(currency)
        except BadMoney as wrong:
            return f"[rates] {wrong}."
        if currency != known or known == policy.currency:
            return f"[rates] {currency}: write another currency than the house's own, in three capital letters."
        if not all(one.rate.is_finite() and 0 < one.rate <= MOST_RATE for one in rates):
            return f"[rates] {currency}: a rate is above nothing: what one {currency} is worth in {policy.currency}."
        if not all(one.until is None or one.since <= one.until for one in rates):
            return f"[rates] {currency}: a rate counts until its first day, or later."
    return ""


def _wrong_stake(stake: Stake) -> str:
    shares = (stake.margin, stake.leaves_after_one.value, stake.leaves_after_several.value)
    if not all(0 <= share <= 1 for share in shares) or not 0 <= stake.discount < _FULL or not 0 < stake.years <= _FAR:
        return "[stake] shares lie between 0 and 1, the discount below 1, and the years above 0 and up to 30."
    if not 0 < stake.doubles_at < inf:
        return "[stake] doubles_at: an amount above nothing, in the house's currency."
    if not 1 <= stake.most <= _MOST_WEIGHT or stake.prior_cases < 1:
        return "[stake] most: from 1 (what somebody is worth counts for nothing) to 10; prior_cases: at least 1."
    return ""
