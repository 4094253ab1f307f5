"""The composer: a reply with its coach, what stands in its way, and that no word is ever lost."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.store.models import Case, Message, Note
from amends.testing import Cast
from tests.desk.casework import HEARD, answer, as_, now_, say, seen
from tests.desk.own import complain, let_go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

RASH = "We will refund you $40 & a <coffee>."
STEPS = ("reply", "draft", "coach", "spoken", "note", "take-back")


def url(case: Case, step: str) -> str:
    return f"/cases/{case.pk}/{step}/"


@pytest.mark.parametrize("step", STEPS)
def test_only_the_team_may(client: Client, cast: Cast, step: str) -> None:
    case = complain(cast.customer)
    before = case.seq
    assert as_(client, cast.stranger).post(url(case, step), {"text": HEARD}).status_code == 404
    client.logout()
    assert "login" in client.post(url(case, step), {"text": HEARD}).headers["Location"]
    part = client.post(url(case, step), {"text": HEARD}, headers={"HX-Request": "true"})
    assert "login" in part.headers["HX-Redirect"]
    assert Case.objects.get(pk=case.pk).seq == before
    assert as_(client, cast.teammate).get(url(case, step)).status_code == 405


def test_a_reply_is_held_and_goes_out_after_a_count_of_ten(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    sent = as_(client, cast.teammate).post(url(case, "reply"), {"text": HEARD, "seen": case.seq})
    assert sent.headers["Location"] == f"/cases/{case.pk}/#talk-end"
    held = now_(case).held
    assert held is not None
    assert held.until == clock.now() + timedelta(seconds=10)
    assert "Your reply is held" in seen(client, f"/cases/{case.pk}/")


def test_a_refused_reply_keeps_its_text_and_says_what_would_pass(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    sent = as_(client, cast.owner).post(url(case, "reply"), {"text": RASH, "seen": case.seq})
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "We will refund you $40 &amp; a &lt;coffee&gt;.</textarea>" in page
    assert "They are upset, and nobody has named it yet." in page
    assert 'name="why:acknowledge-first" form="reply-form"' in page
    assert "I hear how angry" in page
    assert not Message.objects.filter(case=case, direction="out").exists()


def test_reasons_go_past_the_gates_together_and_stay_where_one_is_missing(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    page = as_(client, cast.owner).post(url(case, "reply"), {"text": RASH}).content.decode()
    names = {part.split('"')[0] for part in page.split('name="why:')[1:]}
    assert len(names) > 1
    some = {f"why:{name}": "She is on the phone." for name in sorted(names)}
    missing = dict(list(some.items())[1:])
    again = client.post(url(case, "reply"), {"text": RASH, **missing})
    assert again.status_code == 422
    gone, *_others = sorted(names)
    assert f'name="why:{gone}"' in again.content.decode()
    assert client.post(url(case, "reply"), {"text": RASH, **some}).status_code == 302
    assert now_(case).overrides == len(names)


def test_who_was_slower_keeps_their_words_and_reads_what_came_meanwhile(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    answer(cast, case, "Forget it, I found the fuse myself.")
    sent = as_(client, cast.owner).post(url(case, "reply"), {"text": HEARD, "seen": case.seq})
    page = sent.content.decode()
    assert sent.status_code == 409
    assert f"{HEARD}</textarea>" in page
    assert "Somebody was quicker: Maya Olsen wrote" in page
    assert "I found the fuse myself" in page.split("Somebody was quicker")[1].split("</div></div>")[0]
    seq = Case.objects.get(pk=case.pk).seq
    assert f'name="seen" value="{seq}"' in page
    assert client.post(url(case, "reply"), {"text": HEARD, "seen": seq}).status_code == 302


def test_a_colleague_who_was_quicker_is_named(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    say(cast.teammate, case, "I hear how angry you are.")
    page = as_(client, cast.owner).post(url(case, "reply"), {"text": HEARD, "seen": case.seq}).content.decode()
    assert "Somebody was quicker: Kim Okoro" in page


def test_the_clock_alone_stops_nobody(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case = complain(cast.customer)
    stopped_clock.pass_time(by=timedelta(hours=3))
    let_go()
    assert Case.objects.get(pk=case.pk).seq > case.seq
    assert as_(client, cast.owner).post(url(case, "reply"), {"text": HEARD, "seen": case.seq}).status_code == 302


@pytest.mark.parametrize(("text", "says"), [("  ", "Write something first"), ("x" * 50_001, "is not read")])
def test_what_cannot_be_sent_is_said_kindly_and_kept(client: Client, cast: Cast, text: str, says: str) -> None:
    case = complain(cast.customer)
    sent = as_(client, cast.owner).post(url(case, "reply"), {"text": text})
    assert sent.status_code == 422
    assert says in sent.content.decode()
    assert text.strip() in sent.content.decode()


def test_a_wording_is_put_into_the_draft_without_scripts(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    page = seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    assert page.count('class="wording-card"') == 3
    posted = {"text": "Dear Maya,", "insert": "I hear how angry you are."}
    page = client.post(url(case, "draft"), posted).content.decode()
    assert "Dear Maya,\n\nI hear how angry you are.</textarea>" in page
    assert "names what they feel." in page
    assert Case.objects.get(pk=case.pk).seq == case.seq


def test_the_coach_says_what_a_draft_would_do_and_changes_nothing(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    part = as_(client, cast.owner).post(url(case, "coach"), {"text": HEARD}).content.decode()
    assert part.lstrip().startswith('<div id="coach"')
    assert "<html" not in part
    for says in ("names what they feel.", "asks what would be fair to them.", "After this the case stands here:"):
        assert says in part
    part = client.post(url(case, "coach"), {"text": "I will get back to you soon."}).content.decode()
    assert "nobody has named it yet" in part
    assert "Name their feeling first." in part
    assert "acknowledge-first" not in part
    assert "does not say by when" in part
    assert "Before it goes out" not in client.post(url(case, "coach"), {"text": " "}).content.decode()
    assert Case.objects.get(pk=case.pk).seq == case.seq
    assert Message.objects.filter(case=case).count() == 1


def test_what_was_said_on_the_phone_counts(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    assert as_(client, cast.owner).post(url(case, "spoken"), {"text": "I hear how angry you are."}).status_code == 302
    assert now_(case).acknowledged is not None
    assert client.post(url(case, "spoken"), {"text": ""}).status_code == 422


def test_a_note_is_for_us_alone(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    assert as_(client, cast.owner).post(url(case, "note"), {"text": "She is right."}).status_code == 302
    assert Note.objects.get(kind="internal").text == "She is right."
    assert client.post(url(case, "note"), {"text": " "}).status_code == 422


def test_a_reply_that_was_taken_back_is_in_the_composer_again(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = complain(cast.customer)
    as_(client, cast.owner).post(url(case, "reply"), {"text": HEARD})
    message = Message.objects.get(case=case, direction="out")
    page = client.post(url(case, "take-back"), {"message": message.pk}).content.decode()
    assert f"{HEARD}</textarea>" in page
    assert "Taken back before it went out" in page
    again = client.post(url(case, "take-back"), {"message": message.pk})
    assert again.status_code == 422
    assert "can no longer be taken back" in again.content.decode()
