"""Texts as a database can keep them. Strangers write any character, and programs send more than there are."""


def storable(text: str) -> str:
    r"""Return `text` without NULs (PostgreSQL keeps none), and with `?` for halves of characters (no UTF-8 has them).

    >>> storable("a\0b\ud800")
    'ab?'
    """
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
