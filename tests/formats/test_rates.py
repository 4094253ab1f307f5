"""Rates of exchange from files: our own lines, and the reference rates of the ECB, in every house's currency."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.formats.rates import Quote, own_quotes, quotes
from amends.formats.tables import BadFile, Problem
from amends.transcript import Money

DAY = date(2026, 11, 20)
TODAY = ["Date, USD, JPY, GBP, ISK, \n", "20 November 2026, 1.0810, 164.52, 0.83395, 148.9, \n"]
HISTORY = ["Date,USD,JPY,HRK,GBP,\n", "2026-11-20,1.0810,164.52,N/A,0.83395,\n", "2026-11-19,1.08,N/A,7.53,0.83,\n"]
XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time='2026-11-20'><Cube currency='USD' rate='1.0810'/><Cube currency='JPY' rate='164.52'/></Cube></Cube>
</gesmes:Envelope>""".splitlines(keepends=True)


def found(lines: list[str], house: str) -> dict[str, str]:
    return {one.currency: str(one.rate) for one in quotes(lines, house) if isinstance(one, Quote) and one.day == DAY}


@pytest.mark.parametrize("lines", [TODAY, HISTORY, XML])
def test_the_files_of_the_ecb_say_what_one_unit_is_worth(lines: list[str]) -> None:
    euro = found(lines, "EUR")
    assert (euro["USD"], euro["JPY"]) == ("0.925069380", "0.00607828835")
    dollar = found(lines, "USD")
    assert (dollar["EUR"], dollar["JPY"]) == ("1.0810", "0.00657062971")
    assert "EUR" not in euro
    assert "USD" not in dollar


def test_a_day_without_the_houses_currency_is_named_and_a_currency_that_is_gone_left_out() -> None:
    told = list(quotes(HISTORY, "JPY"))
    assert [one for one in told if isinstance(one, Problem)] == [Problem(3, "the ECB gave no rate for JPY on that day")]
    assert {one.currency for one in told if isinstance(one, Quote)} == {"EUR", "USD", "GBP"}


@given(st.decimals(Decimal("0.01"), 10**6, places=2), st.decimals(Decimal("0.001"), 10**5, places=4))
def test_there_and_back_is_the_same_within_rounding(amount: Decimal, dollars: Decimal) -> None:
    lines = ["Date, USD, \n", f"2026-11-20, {dollars}, \n"]
    (there,), (back,) = list(quotes(lines, "USD")), list(quotes(lines, "EUR"))
    assert isinstance(there, Quote)
    assert isinstance(back, Quote)
    exact = amount * there.rate * back.rate
    assert abs(exact - amount) <= amount / 10**7
    once = Money(amount * there.rate, "USD").rounded.amount
    again = Money(once * back.rate, "EUR").rounded.amount
    assert abs(again - amount) <= amount / 10**7 + Decimal("0.005") * back.rate + Decimal("0.005")


def test_our_own_lines_with_their_ways_of_writing() -> None:
    told = ["Date;Currency;Rate;In\n", "2026-11-20;chf;1,07;EUR\n", "\n", "2026-11-20;JPY;0.006;\n"]
    assert list(own_quotes(told)) == [
        Quote(DAY, "CHF", Decimal("1.07"), "EUR"),
        Quote(DAY, "JPY", Decimal("0.006"), ""),
    ]
    assert list(quotes(told, "EUR")) == list(own_quotes(told))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2026-02-30,CHF,1.07", "'2026-02-30' is no date"),
        ("soon,CHF,1.07", "'soon' is no date"),
        (",CHF,1.07", "'' is no date"),
        ("2026-11-20,XYZ,1.07", "'XYZ' is not a currency"),
        ("2026-11-20,CHF,1.07,Euro", "'Euro' is not a currency"),
        *((f"2026-11-20,CHF,{rate}", "is no rate") for rate in ("", "much", "0", "-1", "NaN", "Infinity", "1e400")),
    ],
)
def test_a_line_that_is_no_rate_is_named_with_its_place(line: str, why: str) -> None:
    (slip, good) = own_quotes(["date,currency,rate,in\n", f"{line}\n", "2026-11-20,CHF,1.07,\n"])
    assert isinstance(slip, Problem)
    assert slip.line == 2
    assert why in slip.why
    assert isinstance(good, Quote)


@pytest.mark.parametrize("lines", [[], ["\n"], ["a,b\n", "1,2\n"], ["<html>\n"], ["<rates></rates>\n"], ["<a>&b;</a>"]])
def test_another_file_is_refused(lines: list[str]) -> None:
    with pytest.raises(BadFile):
        list(quotes(lines, "EUR"))
