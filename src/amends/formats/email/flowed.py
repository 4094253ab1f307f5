"""Text of the kind format=flowed (RFC 3676): lines that end in a space go on in the next one."""

import re

_QUOTED = re.compile(r"(>*) ?(.*)", re.DOTALL)


def unflow(text: str, *, joined_words: bool = False) -> str:
    r"""Return flowed text with its paragraphs on one line each; `joined_words` is the parameter DelSp=yes.

    >>> unflow("It is \nbroken.\n-- \nJo")
    'It is broken.\n-- \nJo'
    """
    lines: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        match = _QUOTED.fullmatch(line)
        marks, content = (match[1], match[2]) if match else ("", line)
        signature = content == "-- "
        if pieces and (len(marks) != depth or signature):
            lines.append(_line(depth, pieces))
            pieces = []
        depth = len(marks)
        flows = content.endswith(" ") and not signature
        pieces.append(content[:-1] if flows and joined_words else content)
        if not flows:
            lines.append(_line(depth, pieces))
            pieces = []
    if pieces:
        lines.append(_line(depth, pieces))
    return "\n".join(lines)


def _line(depth: int, pieces: list[str]) -> str:
    """Return one line at its depth of quotation."""
    content = "".join(pieces)
    return f"{'>' * depth} {content}" if depth else content
