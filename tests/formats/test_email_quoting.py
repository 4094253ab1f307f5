"""What is a writer's own, and what they quoted."""

import pytest

from amends.formats.email import own_words

QUOTED = {
    "gmail": "On Mon, 3 Nov 2025 at 14:22, Help <help@shop.example> wrote:\n\n> Hello\n>\n> there",
    "wrapped": "On Mon, 3 Nov 2025 at 14:22, Help Desk of a Very Long Name <\nhelp@shop.example> wrote:\n\n> Hello",
    "german": "Am 03.11.2025 um 14:22 schrieb Hilfe Team:\n> Hallo",
    "german_android": "Hilfe <hilfe@laden.example> schrieb am Mo., 3. Nov. 2025, 14:22:\n\n> Hallo",
    "french": "Le lun. 3 nov. 2025 à 14:22, Aide <aide@boutique.example> a\nécrit :\n\n> Bonjour",
    "spanish": "El lun, 3 nov 2025 a las 14:22, Ayuda (<ayuda@tienda.example>) escribió:\n\n> Hola",
    "italian": "Il giorno lun 3 nov 2025 alle ore 14:22 Aiuto <aiuto@negozio.example> ha scritto:\n\n> Ciao",
    "dutch": "Op ma 3 nov 2025 om 14:22 schreef Hulp <hulp@winkel.example>:\n\n> Hallo",
    "polish": "pon., 3 lis 2025 o 14:22 Pomoc <pomoc@sklep.example> napisał(a):\n\n> Witam",
    "japanese": "2025年11月3日(月) 14:22 Help <help@shop.example>:\n\n> こんにちは",
    "yahoo": "    On Monday, November 3, 2025 at 02:22:01 PM GMT+1, Help <help@shop.example> wrote:  \n \n Hello\n\n there",
    "outlook": "From: Help <help@shop.example>\nSent: Monday, 3 November 2025 14:22\nTo: Jo\nSubject: RE: Kettle\n\nHello",
    "outlook_bold": "*From:* Help\n*Sent:* Monday, 3 November 2025 14:22\n*To:* Jo\n*Subject:* RE: Kettle\n\nHello",
    "outlook_german": "Von: Hilfe\nGesendet: Montag, 3. November 2025 14:22\nAn: Jo\nBetreff: AW: Kessel\n\nHallo",
    "outlook_french": "De : Aide\nEnvoyé : lundi 3 novembre 2025 09:30\nÀ : Jo\nObjet : Bouilloire\n\nBonjour",
    "outlook_line": "________________________________\nFrom: Help\nSent: Monday\nTo: Jo\nSubject: Kettle\n\nHello",
    "gmx": 'Gesendet: Montag, 03. November 2025 um 14:22 Uhr\nVon: "Hilfe" <h@laden.example>\nAn: Jo\nBetreff: Re\n\nHallo',
    "original_message": "-----Original Message-----\nFrom: Help\n\nHello",
    "original_german": "-----Ursprüngliche Nachricht-----\nVon: Hilfe\n\nHallo",
    "android": "-------- Original message --------\nFrom: Help\n\nHello",
    "forwarded": "---------- Forwarded message ---------\nFrom: Help\n\nHello",
    "apple_forward": "Begin forwarded message:\n\n> From: Help",
}

OWN = {
    "a_sentence_that_begins_with_thanks": "Hello\n\nThanks, but that does not help.\nI want my money back.",
    "a_list_with_hyphens": "Three things:\n\n- the box was open\n- the lid is gone\n\nWhat now?",
    "a_story_about_a_letter": "On Monday 3rd I called you and\nyour colleague wrote:\nwe will call back. Nobody did.",
    "a_journey": "I booked this:\nFrom: Berlin\nTo: Hamburg\nDate: 3 May 14:30\n\nThe coach never came.",
    "a_parcel_carrier_at_the_end": "I sent it back.\nSent with DHL on Monday.",
    "a_threat_of_law": "I am done.\n\nLEGAL NOTICE: I will sue you by Friday.",
    "a_long_text_below_two_dashes": "First.\n\n--\n" + "\n".join(f"Point {number} of my list." for number in range(20)),
    "kind_regards_and_more": "Kind regards were all I got.\nKind regards do not mend a kettle.",
    "an_important_note": "Hello\n\nImportant note: the lid broke first.",
    "a_line_of_dashes": "Before\n----------\nAfter",
}


@pytest.mark.parametrize("name", QUOTED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_was_quoted_is_set_aside(name: str, gap: str) -> None:
    assert own_words(f"Still broken, and nobody called{gap}{QUOTED[name]}\n") == "Still broken, and nobody called"


@pytest.mark.parametrize("name", OWN)
def test_what_only_looks_quoted_stays(name: str) -> None:
    assert own_words(OWN[name]) == OWN[name]


def test_an_answer_below_is_found() -> None:
    assert own_words("On Mon, 3 Nov 2025, Help <h@shop.example> wrote:\n> Fixed?\n\nNo.\n") == "No."


def test_answers_between_are_kept_in_order() -> None:
    text = "Hi,\nOn Mon, 3 Nov 2025, Help <h@shop.example> wrote:\n> Number?\n4711\n> Colour?\nred\n"
    assert own_words(text) == "Hi,\n\n4711\n\nred"


def test_where_nothing_else_is_left_all_of_it_stays() -> None:
    assert own_words("> Fixed?\n> Yes?") == "> Fixed?\n> Yes?"
    assert own_words("Sent from my iPhone") == "Sent from my iPhone"


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nJo Bloggs\nShop Street 1\n+44 1632 960000",
        "--\nJo Bloggs",
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.example/o0ukef>",
        "Von meinem iPhone gesendet",
        "Gesendet von Outlook für Android",
        "Envoyé de mon iPhone",
        "This e-mail and its attachments are confidential.\nIf you are not the intended recipient, delete it.",
        "DISCLAIMER: The contents are privileged.",
    ],
)
def test_signatures_are_set_aside(signature: str) -> None:
    assert own_words(f"It broke.\n\n{signature}") == "It broke."


def test_a_signature_above_the_quotation_is_set_aside_too() -> None:
    text = "It broke.\n\n-- \nJo\n\nOn Mon, 3 Nov 2025, Help <h@shop.example> wrote:\n> Hello"
    assert own_words(text) == "It broke."


@pytest.mark.parametrize(
    "text",
    [
        "On " + "a b" * 100_000,
        "On 1 a\n" * 10_000,
        "On 1 a@b wrote:\n> x\n" * 10_000,
        "\n" * 50_000 + "On 1 a@b wrote:\n" * 5_000,
        "From: a\n" * 10_000,
        "-" * 300_000,
        "> " * 100_000,
        "\n" * 300_000 + "x",
    ],
    ids=["one_line", "openings", "attributions", "blank", "fields", "dashes", "marks", "line_feeds"],
)
def test_nothing_that_looks_like_a_header_is_lost_or_slow_in_bulk(text: str) -> None:
    assert own_words(text)
