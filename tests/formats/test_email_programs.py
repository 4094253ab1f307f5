"""Mails as the programs of the world make them."""

from datetime import UTC, datetime

import pytest

from amends.formats.email import Address, Automatic, parse
from tests.formats.mail import NAMES, raw, read

OWN_WORDS = {
    "gmail_reply": (
        "Hi,\n\nthis is the second kettle that leaks. I paid 49 € for it and I expected it to hold water.\n\n"
        "Please send me my money back.\n\nMaya"
    ),
    "outlook_reply": (
        "Dear Sir or Madam,\n\nthe invoice is £120 too high again. I asked you to correct it on 20 October.\n\n"
        "Kind regards,\nPriya Shah\n[Logo]"
    ),
    "outlook_html_only": (
        "Dear Sir or Madam,\n\nthe invoice is £120 too high again. I asked you to correct it on 20 October.\n\n"
        "Kind regards,\n\nPriya Shah\n\n[Logo]"
    ),
    "apple_mail_pictures": (
        "Hello,\n\nthis is how the table came out of the box:\n\nAnd this is the leg – snapped clean off:\n\nZoë"
    ),
    "thunderbird_flowed": (
        "It is 4711, as I wrote twice already. This is really not how I expected to be treated after eight years"
        " – eight years! – with you.\n\nRed."
    ),
    "iphone": "No. You promised Friday. It’s Monday.",
    "gmx_german": (
        "Guten Tag,\n\nder Kühlschrank kühlt immer noch nicht. Seit drei Wochen warte ich auf einen Techniker.\n\nJürgen Groß"
    ),
    "yahoo": "The parcel is still not here, and the tracking page has said the same for nine days. Where is it?",
    "outlook_phone_french": "Bonjour,\n\nje n’ai toujours pas reçu mon remboursement de 80 €.",
}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_the_writers_own_words_are_found(name: str) -> None:
    assert read(name).own_text == OWN_WORDS[name]


@pytest.mark.parametrize("name", OWN_WORDS)
def test_people_are_taken_for_people_and_nothing_is_odd(name: str) -> None:
    mail = read(name)
    assert (mail.automatic, mail.automatic_because, mail.bounce, mail.problems) == (Automatic.NO, "", None, ())


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_of_any_kind_give_the_same_mail(name: str) -> None:
    wire, bare = parse(raw(name)), parse(raw(name).replace(b"\r\n", b"\n"))
    assert (bare.text, bare.html, bare.sender, bare.bounce) == (wire.text, wire.html, wire.sender, wire.bounce)


def test_gmail_names_everybody() -> None:
    mail = read("gmail_reply")
    assert mail.sender == Address("Maya Okafor", "maya.okafor@mail.example")
    assert mail.to == (Address("Help at Shop, Inc.", "help+Wc3_tok-42@shop.example"),)
    assert mail.cc == (Address("Tom Grün", "tom@mail.example"),)
    assert mail.delivered_to == ("help+Wc3_tok-42@shop.example",)
    assert mail.subject == "Re: Your kettle [#Wc3_tok-42]"
    assert mail.date == datetime(2025, 11, 3, 13, 21, 50, tzinfo=UTC)


def test_gmail_ids_stay_as_they_were_written() -> None:
    mail = read("gmail_reply")
    assert mail.message_id == "<CAF3kq8Q=_yQ4+abc@mail.Mail.example>"
    assert mail.in_reply_to == "<case7.2@Shop.example>"
    assert mail.references == ("<case7.1@Shop.example>", "<case7.2@Shop.example>")


def test_a_tracking_picture_is_blocked_and_counted() -> None:
    mail = read("gmail_reply")
    assert mail.blocked_images == 1
    assert "track.example" not in mail.html


def test_outlook_shows_its_own_picture_and_nothing_of_word() -> None:
    mail = read("outlook_reply")
    (picture,) = mail.attachments
    assert (picture.filename, picture.content_type, picture.inline) == ("image001.png", "image/png", True)
    assert picture.content.startswith(b"\x89PNG")
    assert 'src="cid:image001.png@01DC4CCF.6A5B2E10"' in mail.html
    assert not any(word in mail.html for word in ("style", "class", "mso", "<o:p", "font-face", "xmlns"))


def test_apple_mail_gives_both_pictures_and_joins_its_pieces() -> None:
    mail = read("apple_mail_pictures")
    assert [(file.filename, file.inline) for file in mail.attachments] == [
        ("Tisch vorne ü.jpeg", False),
        ("leg.png", True),
    ]
    assert mail.html.index("out of the box") < mail.html.index("snapped clean off") < mail.html.index("cid:2A7B6D1C")
    assert mail.sender.name == "Zoë Lefèvre"


def test_the_whole_text_keeps_what_was_quoted() -> None:
    assert (
        "> What is your order number, and did you keep the box it came in? We need both of them."
        in read("thunderbird_flowed").text
    )
    assert "Guten Tag Herr Groß, was ist geschehen?" in read("gmx_german").text


def test_an_encoded_subject_over_two_lines_is_one() -> None:
    assert read("gmx_german").subject == "Aw: Ihre Bestellung – Kühlschrank"
    assert read("outlook_phone_french").subject == "RE: Votre réclamation"
