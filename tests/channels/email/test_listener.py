"""The listener says 250 once a mail is kept, and something true otherwise. Real sockets, real smtplib."""

import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError

from amends.actions import house
from amends.actions.mails import Kept
from amends.channels.email import listener as listening
from amends.channels.email.intake import take_in_mail
from amends.channels.email.listener import LARGEST, Listener
from amends.store.models import Case, Message, RawMail
from tests.channels.letters import ADDRESS, letter

MAYA = "maya@example.org"


@contextmanager
def talk(listener: Listener) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", listener.port, timeout=20) as smtp:
        yield smtp


def refusal(listener: Listener, content: bytes, to: str = ADDRESS) -> str:
    """Send a mail that is not taken, and return the answer."""
    with talk(listener) as smtp, pytest.raises(smtplib.SMTPException) as no:
        smtp.sendmail(MAYA, [to], content)
    return str(no.value)


def test_a_mail_is_there_when_its_250_is(listener: Listener) -> None:
    with talk(listener) as smtp:
        smtp.sendmail(MAYA, [ADDRESS], letter())
        assert Case.objects.get().messages.get().text.startswith("My new kettle")


def test_several_mails_go_over_one_line(listener: Listener) -> None:
    with talk(listener) as smtp:
        for n in range(5):
            smtp.sendmail(MAYA, [ADDRESS], letter(message_id=f"<{n}@example.org>"))
    assert Message.objects.count() == 5


def test_plus_addresses_lead_here(listener: Listener) -> None:
    with talk(listener) as smtp:
        smtp.sendmail(MAYA, ["Help+0123456789abcdef@KETTLE.example"], letter())
    assert RawMail.objects.get().envelope_to == "Help+0123456789abcdef@KETTLE.example"


@pytest.mark.parametrize("to", ["kim@kettle.example", "help@elsewhere.example", "helper@kettle.example"])
def test_mail_for_others_is_not_ours(listener: Listener, to: str) -> None:
    assert "550" in refusal(listener, letter(), to)
    assert not RawMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_business_without_an_address_takes_everything() -> None:
    with Listener(port=0) as started, talk(started) as smtp:
        smtp.sendmail(MAYA, ["anybody@anywhere.example"], letter())
    assert Case.objects.count() == 1


def test_the_limit_is_announced(listener: Listener) -> None:
    with talk(listener) as smtp:
        smtp.ehlo()
        assert smtp.esmtp_features["size"] == str(LARGEST)


def test_a_mail_that_says_that_it_is_too_large_is_not_even_sent(listener: Listener) -> None:
    with talk(listener) as smtp:
        smtp.ehlo()
        code, words = smtp.mail(MAYA, [f"size={LARGEST + 1}"])
    assert code == 552
    assert b"40 MB" in words


def test_a_mail_that_turns_out_too_large_gets_a_clear_answer(listener: Listener) -> None:
    with socket.create_connection(("127.0.0.1", listener.port), timeout=20) as wire, wire.makefile("rwb") as line:
        for command in (b"HELO x", f"MAIL FROM:<{MAYA}>".encode(), f"RCPT TO:<{ADDRESS}>".encode(), b"DATA"):
            line.readline()
            line.write(command + b"\r\n")
            line.flush()
        line.readline()
        block = b"x" * 998 + b"\r\n"
        for _ in range(LARGEST // len(block) + 2):
            line.write(block)
        line.write(b".\r\n")
        line.flush()
        answer = line.readline()
    assert answer.startswith(b"552 5.3.4")
    assert b"40 MB" in answer
    assert not RawMail.objects.exists()


def test_a_line_of_five_megabytes_is_taken(listener: Listener) -> None:
    with talk(listener) as smtp:
        smtp.sendmail(MAYA, [ADDRESS], letter() + b"very " * 1_000_000 + b"\r\n")
    assert RawMail.objects.get().size > 5_000_000


def test_letters_of_any_alphabet_are_taken(listener: Listener) -> None:
    with talk(listener) as smtp:
        smtp.sendmail("jürgen@bücher.example", [ADDRESS], letter("Größe ✓"), mail_options=["SMTPUTF8"])
    assert RawMail.objects.get().envelope_from == "jürgen@bücher.example"


def test_a_connection_that_breaks_off_leaves_nothing(listener: Listener) -> None:
    with talk(listener) as smtp:
        smtp.ehlo()
        smtp.mail(MAYA)
        smtp.rcpt(ADDRESS)
        smtp.docmd("DATA")
        smtp.send(letter()[:100])
        smtp.close()
    with talk(listener) as smtp:
        smtp.sendmail(MAYA, [ADDRESS], letter(message_id="<whole@example.org>"))
    assert Message.objects.get().external_id == "<whole@example.org>"


def test_a_crash_between_commit_and_250_makes_no_second_case(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(content: bytes, **more: str) -> Kept:
        take_in_mail(content, source="smtp")
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(listening, "take_in_mail", crash)
        assert "451" in refusal(listener, letter())
    assert Case.objects.count() == 1
    with talk(listener) as smtp:
        smtp.sendmail(MAYA, [ADDRESS], letter())
    assert (Case.objects.count(), Message.objects.count()) == (1, 1)


def test_without_a_database_the_other_server_keeps_the_mail(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_content: bytes, **_more: str) -> Kept:
        raise OperationalError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(listening, "take_in_mail", gone)
        assert "451" in refusal(listener, letter())
    with talk(listener) as smtp:
        smtp.sendmail(MAYA, [ADDRESS], letter())
    assert Case.objects.count() == 1


def test_with_a_slip_in_the_configuration_the_last_good_one_takes_the_mail(
    listener: Listener, business: Callable[[str], None]
) -> None:
    with talk(listener) as smtp:
        smtp.sendmail(MAYA, [ADDRESS], letter())
    business("adress = 7\n")
    with talk(listener) as smtp:
        smtp.sendmail(MAYA, [ADDRESS], letter(message_id="<2@example.org>"))
    assert RawMail.objects.count() == 2


def test_where_the_configuration_was_never_good_the_other_server_keeps_the_mail(
    listener: Listener, business: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "_good", {})  # as after a start
    business("adress = 7\n")
    assert "451" in refusal(listener, letter())
    assert not RawMail.objects.exists()


def test_a_port_that_is_taken_is_told_at_once(listener: Listener) -> None:
    with pytest.raises(OSError, match="in use"):
        Listener(port=listener.port).start()


def test_it_ends_although_somebody_holds_the_line(business: Callable[[str], None], transactional_db: None) -> None:
    listener = Listener(port=0).start()
    with smtplib.SMTP("127.0.0.1", listener.port, timeout=20) as smtp:
        smtp.ehlo()
        listener.stop()
        with pytest.raises(smtplib.SMTPServerDisconnected):
            smtp.noop()
        smtp.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", listener.port), timeout=5)
