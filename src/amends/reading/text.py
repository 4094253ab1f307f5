"""One message made easy to read by rules: the same length, lower case, straight quotes, no markup.

Every step keeps each character's place, so a position in the flat text is a position in the original.
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from amends.formats.email.quoting import own_in_place

LIMIT = 20_000  # characters of one message that are read; a complaint has said what it wants long before

_STRAIGHT = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u00b4": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\ufeff": " ",
        "\x00": " ",
        "\t": " ",
        "\r": " ",
        "\x0b": " ",
        "\x0c": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x85": "\n",
        "\uffe5": "¥",
        "\uffe1": "£",
    }
    | {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}  # full-width letters, digits and signs
)
_ODD = re.compile("[" + "".join(map(re.escape, map(chr, _STRAIGHT))) + "]")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|table|tbody|tr|td|th|html|body|head|h[1-6]|font|img|blockquote|"
    r"hr|pre|style|script|meta|center|small|title|o:p)\b[^<>]{0,400}>",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"</?(?:p|br|div|li|tr|h[1-6]|table|ul|ol|blockquote)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|quot|lt|gt|amp|#\d{1,5});")
_QUOTED = re.compile(r"^ {0,3}>[^\n]*$", re.MULTILINE)

_A_LINE = 30  # characters: what begins with a capital behind a break is the same sentence if it is no mere name
_WRAPPED = 57  # characters of a line that a mail program may have broken

_STARRED = (  # swearing behind stars, of the same length as the word
    (re.compile(r"\bf[*#@u][*#@c][*#@k](?![a-z*#@])"), "fuck"),
    (re.compile(r"\bf[*#@u][*#@c][*#@k](?=ing)"), "fuck"),
    (re.compile(r"\bs[*#@h][*#@i!]t\b"), "shit"),
)

_TOKEN = re.compile(
    r"https?://\S{1,500}|<[a-z]{2,10}>|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|k)?\b|[@#]?\w+(?:['-]\w+)*|[.!?]+|\S",
    re.UNICODE,
)

SHORT = {
    "cannot": "can not",
    "cant": "can not",
    "can't": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "let's": "let us",
    "lets": "let us",
    "im": "i am",
    "ive": "i have",
    "youre": "you are",
    "youve": "you have",
    "theyre": "they are",
    "weve": "we have",
    "thats": "that is",
    "whats": "what is",
    "theres": "there is",
    "u": "you",
    "ur": "your",
    "r": "are",
    "pls": "please",
    "plz": "please",
    "plse": "please",
    "thx": "thanks",
    "thnx": "thanks",
    "tnx": "thanks",
    "thankyou": "thank you",
    "ty": "thank you",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "gimme": "give me",
    "ok": "okay",
    "k": "okay",
    "yep": "yes",
    "yeah": "yes",
    "yup": "yes",
    "ya": "yes",
    "nope": "no",
    "nah": "no",
    "recieved": "received",
    "recieve": "receive",
    "&": "and",
    "e-mail": "email",
    "e-mailed": "emailed",
    "e-mails": "emails",
    "noone": "nobody",
    "wtf": "what the fuck",
    "custumer": "customer",
    "refound": "refund",
    "reimbursment": "reimbursement",
    "realise": "realize",
    "realised": "realized",
    "apologize": "apologise",
    "apologized": "apologised",
    "canceled": "cancelled",
    "canceling": "cancelling",
    "y'all": "you all",
}
SHORT |= {
    f"{verb}nt": f"{verb} not"
    for verb in (
        "do does did is are was were has have had could would should must need".split()  # typed without apostrophe
    )
}
_ENDINGS = (
    ("n't", " not"),
    ("'ll", " will"),
    ("'ve", " have"),
    ("'re", " are"),
    ("'d", " would"),
    ("'m", " am"),
)
_IS = frozenset(
    "it that what there here who he she how where when this nobody nothing everything something somebody someone "
    "everyone why which".split()
)


def own_text(text: str) -> str:
    """Return the first `LIMIT` characters of a message; markup and what a mail program added or quoted is blank."""
    text = text[:LIMIT]
    if "<" in text:
        text = _TAG.sub(_blank, text)
    if "&" in text:
        text = _ENTITY.sub(_blank, text)
    if "\n" not in text:
        return own_in_place(text) if text.startswith(">") else text
    return _unwrapped(own_in_place(text))


def _unwrapped(text: str) -> str:
    """Return the text with a space for each line break that a mail program put into a sentence."""
    lines = text.split("\n")
    breaks = [" " if _goes_on(before, after) else "\n" for before, after in pairwise(lines)]
    return "".join(chain.from_iterable(zip(lines, [*breaks, ""], strict=True)))


def _goes_on(before: str, after: str) -> bool:
    if len(before) < _WRAPPED or not after[:1].isalnum() or before[-1].isspace() or before[-1] in ".!?:\u2026":
        return False
    return after[0].islower() or before[-1] == "," or len(after) >= _A_LINE


def flatten(text: str) -> str:
    """Return the first `LIMIT` characters of `text`, flat; the result has the same positions as `text`."""
    if text.isascii():
        low = flat = text[:LIMIT].lower().translate(_STRAIGHT)
    else:
        flat = _ODD.sub(lambda match: _STRAIGHT[ord(match.group())], text[:LIMIT])
        low = flat.lower()
    if len(low) != len(flat):  # a few capitals (such as a dotted I) become two characters
        low = "".join(small if len(small := char.lower()) == 1 else char for char in flat)
    if "<" in low:
        low = _TAG.sub(_blank, low)
    if "&" in low:
        low = _ENTITY.sub(_blank, low)
    if "*" in low or "#" in low or "@" in low:
        for starred, word in _STARRED:
            low = starred.sub(word, low)
    if ">" in low:
        low = _QUOTED.sub(_blank, low)
    return low


def tokens(flat: str, begin: int = 0, end: int = LIMIT) -> Iterator[tuple[str, int, int]]:
    """Yield (token, start, end) of `flat[begin:end]`: words, numbers, punctuation; short forms are written out.

    >>> [token for token, _, _ in tokens("i can't wait, ok?")]
    ['i', 'can', 'not', 'wait', ',', 'okay', '?']
    """
    for match in _TOKEN.finditer(flat, begin, end):
        word = match.group()
        start, stop = match.span()
        if word not in SHORT and "'" not in word:  # most are
            yield word, start, stop
        else:
            for part in _written_out(word).split():
                yield part, start, stop


def _blank(match: re.Match[str]) -> str:
    breaks = _BREAKS.match(match.group()) is not None
    return ("\n" if breaks else " ") + " " * (len(match.group()) - 1)


def _written_out(word: str) -> str:
    known = SHORT.get(word)
    if known is not None:
        return known
    if "'" not in word:
        return word
    for ending, full in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + full
    if word.endswith("'s") and word[:-2] in _IS:
        return f"{word[:-2]} is"
    return word
