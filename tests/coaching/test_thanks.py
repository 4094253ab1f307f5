"""Lines for the thank-you card: only what is so, the most personal first."""

from datetime import timedelta

from msgspec import structs

from amends.coaching import Known
from amends.coaching.thanks import MOST, thanks_lines
from amends.formats.cards.card import LONGEST_LINE
from tests.method.given import NOW, given
from tests.method.stories import resolved

STATE = given(resolved()).state
LATE = structs.replace(STATE, opened_at=NOW - timedelta(days=9), resolved_at=NOW)


def texts(**known: object) -> str:
    return " ".join(one.text for one in thanks_lines(STATE, Known(**known)))  # type: ignore[arg-type]  # a test's own


def test_who_did_nothing_special_gets_no_made_up_line() -> None:
    assert thanks_lines(STATE, Known()) == ()


def test_each_line_is_about_something_that_is_so() -> None:
    assert "9 days" in thanks_lines(LATE, Known())[0].text
    assert "Eight years with us" in texts(years=8.4)
    assert "“The pump has been broken since Monday”" in texts(problem="The pump has been broken since Monday.")
    assert "not giving up" in thanks_lines(structs.replace(STATE, reopened=1), Known())[0].text
    assert "(product fault)" in thanks_lines(structs.replace(STATE, root_cause="Product fault"), Known())[0].text


def test_there_are_three_at_most_and_each_fits_on_the_card() -> None:
    all_of_it = structs.replace(LATE, reopened=2, root_cause="Product fault")
    found = thanks_lines(all_of_it, Known(years=8.4, problem="The pump has been broken since Monday."))
    assert len(found) == MOST
    assert all(len(one.text) <= LONGEST_LINE for one in found)
