"""Our mail, as another server gets it."""

import email.policy
import smtplib
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from django.conf import LazySettings
from django.core.mail.backends import smtp as django_smtp

from amends.actions import sending
from amends.actions.actors import Staff
from amends.actions.clock import StoppedClock, now
from amends.actions.effects import do_effects
from amends.actions.replies import do_reply
from amends.actions.sending import MAIL, do_send_mail
from amends.actions.ticks import do_tick_due
from amends.channels.email.intake import take_in_mail
from amends.store.models import Case, Customer, Effect, Message, User
from amends.testing import make_staff, make_team
from tests.channels.conftest import Sink
from tests.channels.letters import ADDRESS, letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("business", "stopped_clock")]

WORDS = "Dear Maya,\n\nI hear how angry you are – and I am sorry.\n\nJonas"


@pytest.fixture
def jonas() -> Staff:
    return make_staff("Jonas Weber", make_team())


@pytest.fixture
def case(jonas: Staff) -> Case:
    take_in_mail(letter(), source="smtp", sender="maya@example.org", recipients=(ADDRESS,))
    return Case.objects.get()


def reply(jonas: Staff, case: Case, words: str = WORDS) -> Message:
    """Write a reply, and let its count of ten pass."""
    row = do_reply(jonas, case.pk, words, at=now(), hold=False)
    do_tick_due(now())
    return Message.objects.get(pk=row.pk)


def send() -> int:
    return do_effects({MAIL: do_send_mail}, now=now)


def arrived(sink: Sink) -> EmailMessage:
    return message_from_bytes(sink.contents[-1], policy=email.policy.default)


def test_a_reply_arrives_in_its_conversation(sink: Sink, jonas: Staff, case: Case) -> None:
    row = reply(jonas, case)
    assert send() == 1
    mail = arrived(sink)
    assert mail["From"] == f'"Jonas Weber, Kettle & Cup" <{ADDRESS}>'
    assert mail["To"] == "Maya Olsen <maya@example.org>"
    assert mail["Reply-To"] == f"Kettle & Cup <help+{case.token}@kettle.example>"
    assert mail["Subject"] == "Re: My kettle"
    assert mail["Message-ID"] == row.external_id
    assert mail["In-Reply-To"] == mail["References"] == "<1@example.org>"
    assert mail["Date"]
    assert mail["Auto-Submitted"] is None
    assert (sink.mails[0].mail_from, sink.mails[0].rcpt_tos) == (ADDRESS, ["maya@example.org"])
    assert Message.objects.get(pk=row.pk).status == "sent"


def test_the_words_come_as_text_and_as_html(sink: Sink, jonas: Staff, case: Case) -> None:
    reply(jonas, case, "Dear Maya,\n\n<script>x</script> & see https://kettle.example/a?b=1&c=2")
    send()
    mail = arrived(sink)
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]  # both are there
    text = text.replace("\r\n", "\n")
    assert "<script>x</script> & see https://kettle.example/a?b=1&c=2" in text
    assert "<script" not in html
    assert 'href="https://kettle.example/a?b=1&amp;c=2"' in html
    assert "\n-- \n" in text
    assert "/c/" in text.split("\n-- \n")[1]


def test_the_answer_to_it_comes_back_into_the_case(sink: Sink, jonas: Staff, case: Case) -> None:
    reply(jonas, case)
    send()
    mail = arrived(sink)
    back = letter("Thank you.", message_id="<2@example.org>", To=str(mail["Reply-To"]))
    take_in_mail(back, source="smtp", sender="maya@example.org", recipients=(f"help+{case.token}@kettle.example",))
    take_in_mail(letter("Or so.", message_id="<3@example.org>", in_reply_to=str(mail["Message-ID"])), source="imap")
    assert set(Message.objects.values_list("case_id", flat=True)) == {case.pk}


def test_what_nobody_wrote_says_so(sink: Sink, case: Case, jonas: Staff) -> None:
    row = reply(jonas, case)
    Message.objects.filter(pk=row.pk).update(automatic=True)
    send()
    assert (arrived(sink)["Auto-Submitted"], arrived(sink)["X-Auto-Response-Suppress"]) == ("auto-generated", "All")


@pytest.mark.parametrize(
    "evil", ["Maya\r\nBcc: eve@example.com", "Maya\nBcc: eve@example.com", 'M"aya <eve@example.com>']
)
def test_no_name_and_no_subject_adds_a_field(sink: Sink, jonas: Staff, case: Case, evil: str) -> None:
    Customer.objects.update(name=evil)
    User.objects.update(name=evil)
    Case.objects.update(subject=evil)
    reply(jonas, case)
    assert send() == 1
    assert arrived(sink)["Bcc"] is None
    assert sink.mails[0].rcpt_tos == ["maya@example.org"]


def test_any_alphabet_arrives(sink: Sink, jonas: Staff, case: Case) -> None:
    Customer.objects.update(name="Μαγια 李 🫖")
    User.objects.update(name="Jürgen Größe")
    Case.objects.update(subject="Über den Kessel ✓ " + "ß" * 200)
    reply(jonas, case, "Größe, 李, 🫖, \u202eevil\n" + "é" * 3000)
    send()
    mail = arrived(sink)
    assert (mail["To"], mail["From"]) == (
        "Μαγια 李 🫖 <maya@example.org>",
        f'"Jürgen Größe, Kettle & Cup" <{ADDRESS}>',
    )
    assert str(mail["Subject"]).strip().startswith("Re: Über den Kessel ✓ ßß")
    assert "Größe, 李, 🫖" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # there is one
    assert max(map(len, sink.contents[0].split(b"\r\n"))) <= 998


def test_a_domain_of_any_alphabet_is_reached(sink: Sink, jonas: Staff, case: Case) -> None:
    row = reply(jonas, case)
    Message.objects.filter(pk=row.pk).update(recipient="maya@bücher.example")
    send()
    assert sink.mails[0].rcpt_tos == ["maya@xn--bcher-kva.example"]


@pytest.mark.parametrize("address", ["jürgen@example.org", "maya@" + "x" * 80 + ".bücher", "a b@example.org", ""])
def test_an_address_that_mail_cannot_carry_fails_at_once_and_is_told(
    sink: Sink, jonas: Staff, case: Case, address: str
) -> None:
    row = reply(jonas, case)
    Message.objects.filter(pk=row.pk).update(recipient=address)
    send()
    assert Effect.objects.get().failed_at is not None
    assert "bounced" in Case.objects.get(pk=case.pk).calls
    assert not sink.mails


def test_a_server_that_does_not_know_the_customer_is_believed(sink: Sink, jonas: Staff, case: Case) -> None:
    sink.refuse["RCPT"] = "550 5.1.1 No such user"
    row = reply(jonas, case)
    send()
    effect = Effect.objects.get()
    assert effect.failed_at is not None
    assert "No such user" in effect.error
    assert Message.objects.get(pk=row.pk).status == "failed"
    assert "bounced" in Case.objects.get(pk=case.pk).calls


@pytest.mark.parametrize(("command", "answer"), [("RCPT", "451 4.7.1 Greylisted"), ("DATA", "452 4.2.2 Full")])
def test_a_server_that_says_later_is_asked_again(
    sink: Sink, jonas: Staff, case: Case, stopped_clock: StoppedClock, command: str, answer: str
) -> None:
    sink.refuse[command] = answer
    row = reply(jonas, case)
    assert send() == 0
    assert Effect.objects.get().failed_at is None
    sink.refuse.clear()
    assert send() == 0, "not yet: there is a pause first"
    stopped_clock.pass_time(by=timedelta(minutes=1))
    assert send() == 1
    assert Message.objects.get(pk=row.pk).status == "sent"


def test_what_waited_for_a_dead_server_goes_out_in_order(
    sink: Sink, jonas: Staff, case: Case, stopped_clock: StoppedClock, settings: LazySettings
) -> None:
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1  # nobody is there
    rows = []
    for words in ("First, I am sorry.", "Second, I am sorry.", "Third, I am sorry."):
        rows.append(reply(jonas, case, words))
        send()
        stopped_clock.pass_time(by=timedelta(minutes=5))
    assert not sink.mails
    settings.EMAIL_PORT = port
    for _ in range(5):
        send()
        stopped_clock.pass_time(by=timedelta(hours=1))
    ids = [message_from_bytes(content)["Message-ID"] for content in sink.contents]
    assert ids == [row.external_id for row in rows]


def test_a_worker_that_dies_after_sending_sends_the_same_mail_once_more(
    sink: Sink, jonas: Staff, case: Case, stopped_clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    post = sending._post

    def die(mail: object) -> None:
        post(mail)  # type: ignore[arg-type]  # handed on
        raise Killed

    reply(jonas, case)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_post", die)
        with pytest.raises(Killed):
            send()
    assert send() == 0, "the lease of the dead worker still holds"
    stopped_clock.pass_time(by=timedelta(minutes=6))
    assert send() == 1
    stopped_clock.pass_time(by=timedelta(hours=1))
    assert send() == 0
    first, second = map(message_from_bytes, sink.contents)
    assert first["Message-ID"] == second["Message-ID"]


def test_a_good_bye_that_goes_wrong_changes_nothing(
    sink: Sink, jonas: Staff, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rude(_self: object, connection: smtplib.SMTP) -> None:
        connection.close()
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(django_smtp.EmailBackend, "_close_connection", rude)
    reply(jonas, case)
    assert send() == 1
    assert len(sink.mails) == 1


def test_of_a_long_conversation_the_first_id_and_the_newest_are_named(sink: Sink, jonas: Staff, case: Case) -> None:
    for n in range(2, 60):
        Message.objects.create(
            id=f"m{n:03}",
            case=case,
            direction=Message.IN,
            channel="email",
            status="received",
            text="…",
            at=now() + timedelta(seconds=n),
            external_id=f"<{n}@example.org>",
        )
    reply(jonas, case)
    send()
    references = str(arrived(sink)["References"]).split()
    assert (len(references), references[0], references[-1]) == (20, "<1@example.org>", "<59@example.org>")


def test_an_id_that_was_made_here_is_never_told(sink: Sink, jonas: Staff) -> None:
    take_in_mail(letter(message_id=""), source="imap")
    reply(jonas, Case.objects.get())
    send()
    assert arrived(sink)["In-Reply-To"] is None
    assert arrived(sink)["References"] is None
