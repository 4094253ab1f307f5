"""The catalogues of what customers read: `make words` gathers the texts, brings the .po files up to date, makes the .mo files.

Only what customers read is gathered; the staff's pages are in English. What is new stands in the .po files with nothing
below it: translate it there, and run the command once more.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[2] / "src" / "amends"
LANGUAGES: Final = ("de", "es", "fr")

READ_BY_CUSTOMERS: Final = (
    "actions/booking.py",
    "actions/cards.py",
    "actions/complaints.py",
    "actions/fresh_links.py",
    "actions/invitations.py",
    "actions/letters.py",
    "actions/sending.py",
    "actions/surveys.py",
    "channels/webform/**/*.py",
    "channels/webform/**/*.html",
    "desk/templates/400.html",
    "desk/templates/403_csrf.html",
    "desk/templates/404.html",
    "desk/templates/500.html",
    "desk/templates/desk/components/controls.html",
    "desk/templates/desk/components/messages.html",
    "desk/templates/desk/customer_base.html",
    "desk/templates/desk/own/*",
    "desk/templates/desk/plain_base.html",
    "desk/text.py",
    "desk/timewords.py",
    "desk/views/own/*.py",
)
"""Patterns below src/amends: what may speak to a customer. A new file that does gets a line here."""

FOR_THE_STAFF: Final = ("desk/views/own/link.py",)

_KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_JINJA: Final = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}
_LONG_AGO: Final = datetime(2026, 1, 1, tzinfo=UTC)  # the same words make the same file, whenever they are gathered


def sources() -> Iterator[Path]:
    """Yield the files whose texts customers read, sorted."""
    found = {path for pattern in READ_BY_CUSTOMERS for path in ROOT.glob(pattern) if path.is_file()}
    yield from sorted(found - {ROOT / name for name in FOR_THE_STAFF})


def gathered() -> Catalog:
    """Return every text of the sources, untranslated."""
    catalog = Catalog(project="Amends", creation_date=_LONG_AGO)
    for path in sources():
        python = path.suffix == ".py"
        texts = extract_from_file(
            "python" if python else "jinja2.ext:babel_extract", path, _KEYWORDS, options={} if python else _JINJA
        )
        for _line, text, comments, context in texts:
            where = [(str(path.relative_to(ROOT)), 0)]
            catalog.add(text, None, where, auto_comments=comments, context=context)
    return catalog


def place(language: str, suffix: str) -> Path:
    """Return where the catalogue of a language lies; `suffix` is po or mo."""
    return ROOT / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"


def kept(language: str) -> Catalog:
    """Return the catalogue as it stands in the .po file."""
    path = place(language, "po")
    if not path.exists():
        return Catalog(locale=language, project="Amends", creation_date=_LONG_AGO, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing(catalog: Catalog) -> list[str]:
    """Return the texts that have no translation, or one that somebody has to look at."""
    return [str(message.id) for message in catalog if message.id and (message.fuzzy or not all(_forms(message)))]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def write(language: str, catalog: Catalog) -> None:
    """Write the .po and the .mo file of a language; the same translations make the same files."""
    catalog.fuzzy = False
    catalog.header_comment = f"# What customers read, in their language ({language}). After a change: make words."
    catalog.creation_date = catalog.revision_date = _LONG_AGO
    catalog.version = catalog.msgid_bugs_address = ""
    catalog.last_translator = catalog.language_team = "Amends"
    place(language, "po").parent.mkdir(parents=True, exist_ok=True)
    with place(language, "po").open("wb") as file:
        write_po(file, catalog, width=120, sort_by_file=True, include_lineno=False)
    with place(language, "mo").open("wb") as file:
        write_mo(file, catalog)


def main() -> int:
    """Bring all catalogues up to date, and return 1 where a translation is missing."""
    texts, gaps = gathered(), 0
    for language in LANGUAGES:
        catalog = kept(language)
        catalog.update(texts, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        write(language, catalog)
        for text in missing(catalog):
            gaps += 1
            print(f"{place(language, 'po').relative_to(ROOT)}: {text!r} is not translated yet")  # noqa: T201 - a command
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
