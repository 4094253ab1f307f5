"""Is this English? A cheap test by function words and scripts; in doubt it is."""

import re

_WORDS = {
    "en": "the and is are was to of it you my not i have for with this that in on please thanks can we me your at as "
    "an no do be or if so he she they but will from his her has had what all would there been men die am a me",
    "de": "der die das und ist nicht ich sie ein eine mit auf für den wir haben habe bitte mein meine kein noch von "
    "zu wie wurde aber auch dem sehr mir ihnen ihre",
    "fr": "le la les des est pas je vous une un pour dans que et mon ma mes avec sur nous été bonjour où commande ne "
    "au du ce cette j'ai n'est c'est votre merci",
    "es": "el la los las es no una un que por para con mi y de se su está pero pedido gracias me lo muy hola usted "
    "como ha",
    "it": "il la le che di è non un una per con mio mia ho sono del della mi grazie ma buongiorno questo ordine alla "
    "nel",
    "nl": "de het een is niet ik en van voor mijn met op dat zijn heb maar ook bedankt u wij nog geen naar bij wordt",
    "pt": "o a os as não um uma que de para com meu minha e é está por mas obrigado do da em foi muito você",
    "sv": "och är inte jag det en ett att för min med på har som av tack ni den ja men",
    "da": "og er ikke jeg det en et at for min med på har som af tak de den men",
    "pl": "nie jest się i na do w z że to mój moja proszę jak ale za dziękuję od nie",
}
_SETS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_ENGLISH = _SETS["en"]
_FOREIGN = {code: words - _ENGLISH for code, words in _SETS.items() if code != "en"}
_ANY = frozenset().union(*_FOREIGN.values())
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[\u0454\u0456\u0457\u0491]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\ud7af]")
_LATIN = re.compile(r"[a-z]")
_GLANCE = 300  # characters that tell as a rule
_SAMPLE = 3_000  # characters looked at where they do not
_ENOUGH = 3  # function words of one language


def language(flat: str) -> str:
    """Return the two-letter code of the language of a flat text; "en" unless it is clearly another.

    A code stands for what the text is nearest to, good enough to leave it unread; it is no finding
    about close relatives (Danish and Norwegian, Russian and Bulgarian).
    """
    sample = flat[:_GLANCE]
    if sample.isascii():
        pieces = sample.split()
        if 3 * sum(map(_ENGLISH.__contains__, pieces)) >= len(pieces) > 0:
            return "en"  # too many of its words are English for another language to be twice as likely
    sample = flat[:_SAMPLE]
    strange = len(_OTHER_SCRIPT.findall(sample)) if not sample.isascii() else 0
    if strange >= _ENOUGH and strange > len(_LATIN.findall(sample)):
        return next((code for code, script in _SCRIPTS if script.search(sample)), "en")
    words = _LETTERS.findall(sample)
    if sum(map(_ANY.__contains__, words)) < _ENOUGH:
        return "en"
    english = sum(word in _ENGLISH for word in words)
    code, score = max(
        ((code, sum(word in known for word in words)) for code, known in _FOREIGN.items()), key=lambda item: item[1]
    )
    return code if score >= _ENOUGH and score > 2 * english else "en"


def clear_language(text: str) -> str:
    """Return the language of a text as `language` does, but nothing where too few words tell: not English in doubt.

    >>> clear_language("Where is my order? I have been waiting for it."), clear_language("Kaputt!!!")
    ('en', '')
    """
    flat = text.lower()
    code = language(flat)
    if code != "en":
        return code
    return "en" if sum(word in _ENGLISH for word in _LETTERS.findall(flat[:_SAMPLE])) >= _ENOUGH else ""
