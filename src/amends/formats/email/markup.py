"""HTML of strangers made harmless, HTML into text, and text into HTML."""

import re
from html import escape
from urllib.parse import unquote

import nh3

from amends.formats.email.charsets import safe
from amends.formats.email.nesting import too_tangled
from amends.formats.email.plain import plain_text

LARGEST = 600_000  # characters of HTML that are cleaned; what is longer is shown as text

_TAGS = frozenset(
    "a abbr b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em h1"
    " h2 h3 h4 h5 h6 hr i img"
    " ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub sup table tbody td tfoot"
    " th thead time tr tt u ul"
    " var wbr".split()
)
_EMPTIED = frozenset(
    "applet audio button canvas datalist embed frame frameset head iframe math meter noembed noframes"
    " noscript object option"
    " progress script select style svg template textarea title video xmp".split()
)
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
}
_NUMBERS = {"width", "height", "colspan", "rowspan", "start"}
_NUMBER = re.compile(r"[0-9]{1,4}")
_LINK = re.compile(r"\s*(?:https?://|mailto:|tel:)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_SOURCE = re.compile(r'<img\b[^>]*? src="cid:([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(r"<(/?)(?:script|style|head|title)\b[^<>]*>", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"“”„‘’\x00-\x20]{1,2000}")
_AFTER_LINK = ".,;:!?'*_~)]}"


def clean_html(html: str) -> tuple[str, int, str]:
    """Return the HTML without what acts, tracks or hides, the number of blocked pictures, and what was odd.

    No scripts, styles, forms, frames, ids or classes; links open nothing that knows where they came from. Pictures
    from elsewhere lose their source; those of the mail itself (`cid:`) and embedded ones keep it. Never raises. HTML
    that is too long or nested too deeply comes back empty.

    >>> clean_html('<p onclick="x()">Hi<img src="https://shop.example/seen.gif"><script>y()</script></p>')
    ('<p>Hi<img></p>', 1, '')
    """
    if len(html) > LARGEST:
        return "", 0, "The formatted text is very long; only the plain text is shown."
    if too_tangled(html):
        return "", 0, "The formatted text is put together in a harmful way; only the plain text is shown."
    blocked = 0

    def judge(_tag: str, name: str, value: str) -> str | None:
        nonlocal blocked
        if name == "src":
            if value[:4].lower() == "cid:":
                return f"cid:{unquote(value[4:]).strip()}"
            if _PICTURE.fullmatch(value):
                return value
            blocked += 1
            return None
        if name == "href":
            return value.strip() if _LINK.match(value) else None
        if name in _NUMBERS:
            return value if _NUMBER.fullmatch(value) else None
        return value[:200]

    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_EMPTIED - {"head"},
        attributes=_ATTRIBUTES,
        attribute_filter=judge,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="pass_through",
    )
    return safe(cleaned).strip(), blocked, ""


def shown_content_ids(html: str) -> frozenset[str]:
    """Return the content ids of the mail's own pictures that cleaned HTML shows."""
    return frozenset(_unescaped(found) for found in _SOURCE.findall(html))


def _unescaped(value: str) -> str:
    """Return an attribute's value without its entities; the cleaner writes only these."""
    return value.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def html_to_text(html: str) -> str:
    r"""Return HTML of a stranger as plain text: paragraphs, lists and quotations (`> `) keep their shape.

    >>> html_to_text("<p>It is <b>broken</b>.</p><blockquote>Hello</blockquote>")
    'It is broken.\n\n> Hello'
    """
    cleaned, _, problem = clean_html(html)
    if problem:
        return strip_tags(html)
    return plain_text(cleaned)


def strip_tags(html: str) -> str:
    """Return what is left of HTML without its tags: the rough way, for what is too long or too tangled to clean."""
    shown: list[str] = []
    end, hidden = 0, False
    html = html[: LARGEST * 4]
    for match in _HIDDEN.finditer(html):
        if not hidden:
            shown.append(html[end : match.start()])
        end, hidden = match.end(), not match[1]
    if not hidden:
        shown.append(html[end:])
    return plain_text(_TAG.sub(" ", " ".join(shown)))


def text_to_html(text: str) -> str:
    r"""Return plain text as HTML: paragraphs, line breaks, quotations, web addresses as links; all of it escaped.

    >>> text_to_html("Hello <Jo>,\n\nsee https://shop.example/a?b=1.")
    '<p>Hello &lt;Jo&gt;,</p>\n<p>see <a href="https://shop.example/a?b=1">https://shop.example/a?b=1</a>.</p>'
    """
    blocks: list[str] = []
    for paragraph in re.split(r"\n[ \t]*(?:\n[ \t]*)+", safe(text).strip("\n")):
        lines = paragraph.split("\n")
        if all(line.startswith(">") for line in lines):
            inner = "<br>\n".join(_linked(line[1:].removeprefix(" ")) for line in lines)
            blocks.append(f"<blockquote><p>{inner}</p></blockquote>")
        elif paragraph.strip():
            blocks.append("<p>" + "<br>\n".join(_linked(line) for line in lines) + "</p>")
    return "\n".join(blocks)


def _linked(line: str) -> str:
    """Return one line of text escaped, with its web addresses as links."""
    pieces: list[str] = []
    end = 0
    for match in _WEB.finditer(line):
        address = match[0].rstrip(_AFTER_LINK)
        if ")" in match[0][len(address) :] and address.count("(") > address.count(")"):
            address += ")"
        if len(address) <= len("https://"):
            continue
        href = escape(address)
        pieces += [escape(line[end : match.start()]), f'<a href="{href}">{href}</a>']
        end = match.start() + len(address)
    return "".join([*pieces, escape(line[end:])])
