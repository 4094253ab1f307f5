"""The small readers: money, tenure, language, answers, sentences, spans."""

import pytest

from amends.reading import Context, read
from amends.reading.answers import answer
from amends.reading.language import language
from amends.reading.money import amounts
from amends.reading.sentences import split
from amends.reading.tenure import years
from amends.reading.text import flatten, tokens
from amends.reading.told import Told
from amends.transcript import Message, Role

MONEY = [
    ("all 189 dollars", ["189 USD"]),
    ("$1,299.90 please", ["1299.90 USD"]),
    ("1.299,90 €", ["1299.90 EUR"]),
    ("€49", ["49 EUR"]),
    ("£ 12.50", ["12.50 GBP"]),
    ("eur 12,5", ["12.5 EUR"]),
    ("40 quid", ["40 GBP"]),
    ("$5 usd", ["5 USD"]),
    ("a refund of 60", ["60 USD"]),
    ("between $20 and $30", ["20 USD", "30 USD"]),
    ("ca$20", ["20 CAD"]),
    ("chf 1'200", ["1200 CHF"]),
    ("a refund of 20%", []),
    ("refund in 3 days", []),
    ("a refund of 20 percent", []),
    ("order 44812", []),
    ("i have 3 lamps", []),
]


@pytest.mark.parametrize(("text", "expected"), MONEY, ids=[text for text, _ in MONEY])
def test_money(text: str, expected: list[str]) -> None:
    assert [str(money) for _, money in amounts(text, 0, len(text), "USD")] == expected


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [("$20", "AUD", "20 AUD"), ("$20", "EUR", "20 USD"), ("a refund of 20", "EUR", "20 EUR")],
)
def test_the_house_currency(text: str, home: str, expected: str) -> None:
    [(_, money)] = amounts(text, 0, len(text), home)
    assert str(money) == expected


TENURES = [
    ("a customer for eight years", 8.0),
    ("12 years with you", 12.0),
    ("over a decade", 10.0),
    ("two decades", 20.0),
    ("18 months", 1.5),
    ("two and a half years", 2.5),
    ("3.5 years", 3.5),
    ("10+ years", 10.0),
    ("since 2014", 12.0),
    ("since march 2014", 12.0),
    ("since 2031", None),
    ("40 dollars a month", None),
    ("for years", None),
    ("500 years", None),
]


@pytest.mark.parametrize(("text", "expected"), TENURES, ids=[text for text, _ in TENURES])
def test_tenure(text: str, expected: float | None) -> None:
    assert years(text, 0, len(text), 2026) == expected


def test_since_a_year_needs_to_know_which_year_it_is() -> None:
    assert years("since 2014", 0, 10, None) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Meine Bestellung ist nicht angekommen und ich habe keine Antwort von Ihnen.", "de"),
        ("Bonjour, où est ma commande ? Je n'ai pas reçu le colis.", "fr"),
        ("El pedido no ha llegado y quiero que me devuelvan el dinero, por favor.", "es"),
        ("Het pakket is niet aangekomen en ik wil mijn geld terug.", "nl"),
        ("Buongiorno, non ho ancora ricevuto il mio ordine e la macchina è rotta.", "it"),
        ("Мой заказ не пришёл, верните деньги.", "ru"),
        ("注文した商品がまだ届いていません。", "ja"),
        ("لم يصل طلبي حتى الآن", "ar"),
        ("The order has not come and I want to know why.", "en"),
        ("Order 4411 broken, want refund", "en"),
        ("Merci!", "en"),
        ("My order from El Corte de la Casa is late, please help.", "en"),
        ("", "en"),
        ("😡😡😡", "en"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert language(flatten(text)) == code


def test_in_another_language_nothing_is_guessed() -> None:
    reading = read(
        Message(
            id="1",
            role=Role.CUSTOMER,
            text="Ich will mein Geld zurück, die Maschine ist nicht heil, das ist der Skandal.",
        )
    )
    assert (reading.language, reading.acts, reading.upset) == ("de", (), None)


ANSWERS = [
    ("Yes.", True),
    ("Yes, that is right. It leaks.", True),
    ("Hi Sam,\nyes, correct.", True),
    ("That's right", True),
    ("Exactly!", True),
    ("You have understood me correctly.", True),
    ("No.", False),
    ("No, it was the first one.", False),
    ("Not quite: it was blue.", False),
    ("That is not right.", False),
    ("No one called me.", None),
    ("No problem.", None),
    ("No idea.", None),
    ("Yes?", None),
    ("It leaks. Yes, from below.", None),
    ("The lamp is broken.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "yes"), ANSWERS, ids=[text for text, _ in ANSWERS])
def test_answer(text: str, yes: bool | None) -> None:
    reply = answer(Told(text, flatten(text), "USD", None))
    assert (reply.yes if reply else None) is yes


def test_an_answer_knows_its_words() -> None:
    text = "Hi Sam,\nyes, correct. It leaks."
    reply = answer(Told(text, flatten(text), "USD", None))
    assert reply is not None
    assert text[reply.start : reply.end] == "yes"


def test_nobody_answers_their_own_message() -> None:
    context = Context(previous="Is it you?", previous_role=Role.CUSTOMER)
    assert read(Message(id="1", role=Role.CUSTOMER, text="Yes."), context).answer is None


SENTENCES = [
    ("It broke. Why?", ["It broke.", "Why?"]),
    ("Dear Mr. Hartmann, it broke.", ["Dear Mr. Hartmann, it broke."]),
    ("Call me at 5 p.m. on Friday.", ["Call me at 5 p.m. on Friday."]),
    ("Hi Sam,\nit broke", ["Hi Sam,", "it broke"]),
    ("It costs 3.50 or 4.20.", ["It costs 3.50 or 4.20."]),
    (
        "I have been waiting for so very long now that I am really not\nwilling to wait more.",
        ["I have been waiting for so very long now that I am really not\nwilling to wait more."],
    ),
    (
        "First, switch it off and take out the plug before you do it:\n- wait",
        ["First, switch it off and take out the plug before you do it:", "- wait"],
    ),
    ("Really?! Yes...", ["Really?!", "Yes..."]),
    ("", []),
    ("   \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[sentence.start : sentence.end] for sentence in split(text)] == expected


def test_a_link_ends_a_sentence_before_a_capital() -> None:
    text = "See https://help.example/a Let us know. See https://help.example/a or b"
    assert [text[s.start : s.end] for s in split(text)] == [
        "See https://help.example/a",
        "Let us know.",
        "See https://help.example/a or b",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("can't", "can not"),
        ("I’ll", "i will"),
        ("dont u", "do not you"),
        ("it's the company's", "it is the company's"),
        ("f*** that sh*t", "fuck that shit"),
        ("17:00 and 1,299.90", "17:00 and 1,299.90"),
        ("3-5 days", "3 - 5 days"),
        ("<b>bold</b>", "bold"),
    ],
)
def test_tokens(text: str, words: str) -> None:
    assert " ".join(token for token, _, _ in tokens(flatten(text))) == words


def test_flattening_keeps_every_place() -> None:
    text = "İSTANBUL <br>“x” &nbsp; ﬁ ẞ \x00 > \n> quoted"
    assert len(flatten(text)) == len(text)
    assert "quoted" not in flatten(text)


def test_a_span_reads_well() -> None:
    text = "@acme Hi there, and I want my money back!"
    [bid] = [act for act in read(Message(id="1", role=Role.CUSTOMER, text=text)).acts if act.act == "bid"]
    assert text[bid.start : bid.end] == "I want my money back"
