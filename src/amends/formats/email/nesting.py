"""Whether HTML is nested so deeply, or has so many attributes, that cleaning it would take very long.

A browser's parser looks upwards through the open elements at almost every tag, and at all earlier attributes at each
new one. Both take quadratic time: 100 kB of nothing but `<div>` takes seconds, 1 MB takes minutes.
"""

import re

DEEPEST = 1_000
MOST_ATTRIBUTES = 1_000
HARMLESS = 20_000  # characters that take milliseconds whatever they are, unless they nest deeply
# Quotes count only behind an equals sign, as they do for a browser.
_VALUE = r"""=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)"""
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]{{0,40}})((?:[^>=]++|{_VALUE})*+)")
_VALUES = re.compile(_VALUE)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_OWN_END = frozenset("p li td th tr tbody dd dt option".split())  # the next of their kind ends them
_BARRIER = frozenset("applet button caption html marquee object select table td template th".split())
# The end of these ends nothing that is open within: formatting is opened anew, and pieces of tables and pages that
# stand where they do not belong are passed over, beginning and end.
_ALONE = frozenset(
    "a b big body caption code col colgroup em font frame frameset head html i nobr option optgroup p s"
    " small strike strong tbody"
    " td tfoot th thead tr tt u".split()
)
_LOOK_UP = 32  # open elements among which an end tag looks for its own


def too_tangled(html: str) -> bool:
    """Return whether cleaning `html` would take very long; errs on the side of True; takes linear time itself.

    >>> too_tangled("<p>Hello<br></p>" * 9999), too_tangled("<div>" * 9999)
    (False, True)
    """
    if len(html) <= HARMLESS and html.count("<") <= DEEPEST:
        return False
    opened: list[str] = []
    for match in _TAG.finditer(html):
        end, name, rest = match[1], match[2].lower(), match[3]
        if len(rest) > MOST_ATTRIBUTES and _attributes(rest) > MOST_ATTRIBUTES:
            return True
        if "<" in rest:
            opened += ["?"] * rest.count("<")  # tags may hide in what only looks like a value
        if end:
            _close(opened, name)
        elif name not in _VOID:
            if name in _OWN_END and opened and opened[-1] == name:
                continue
            opened.append(name)
        if len(opened) > DEEPEST:
            return True
    return False


def _attributes(rest: str) -> int:
    """Return how many attributes a tag may have; they are told apart by spaces, slashes, or nothing at all."""
    return len(rest.split()) + _VALUES.sub("=", rest).count("/") + rest.count('"') + rest.count("'")


def _close(opened: list[str], name: str) -> None:
    """Take `name`, and what is open within it, off the open elements, unless a barrier or too many stand between."""
    for depth in range(1, min(len(opened), _LOOK_UP) + 1):
        if opened[-depth] == name:
            del opened[-depth : len(opened) - depth + 1 if name in _ALONE else None]
            return
        if opened[-depth] in _BARRIER:
            return
