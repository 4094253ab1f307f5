"""Finding cases and customers by what people remember of them: a number, an address, a name, words of the subject.

Words are looked up as beginnings ("espr" finds Espresso) in full-text indexes that the database keeps by itself:
FTS5 on SQLite, a GIN index on PostgreSQL. See the migration `0002_search`.
"""

import re
from typing import Final

from django.db import connection
from django.db.models import Q

from amends.store.models import CustomerAddress

MOST_CASES: Final = 500
MOST_CUSTOMERS: Final = 200
_MOST_WORDS: Final = 6
_END: Final = "\U0010ffff"  # sorts after every other character
_SHORTEST_NUMBER: Final = 4  # digits of a telephone number, below which it may as well be a case's number

_SQLITE = "SELECT rowid FROM {index} WHERE {index} MATCH %s ORDER BY rowid DESC LIMIT %s"
_POSTGRES = (
    "SELECT id FROM {table} WHERE to_tsvector('simple', {column}) @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT %s"
)


def cases_matching(asked: str) -> Q | None:
    """Return what picks the cases that match what was asked; None where nothing can."""
    found = Q()
    number = re.fullmatch(r"#?\s*(\d{1,18})", asked.strip())
    if number:
        found |= Q(pk=int(number[1]))
    if ids := _by_words("store_case", "subject", asked, MOST_CASES):
        found |= Q(pk__in=ids)
    if customers := customers_matching(asked):
        found |= Q(customer_id__in=customers)
    return found or None


def customers_matching(asked: str) -> list[int]:
    """Return the ids of customers whose name has these words, or whose address begins so; newest first, at most 200."""
    by_address = list(
        CustomerAddress.objects.filter(_address(asked))
        .order_by()
        .values_list("customer_id", flat=True)[:MOST_CUSTOMERS]
    )
    by_name = _by_words("store_customer", "name", asked, MOST_CUSTOMERS)
    return sorted({*by_address, *by_name}, reverse=True)[:MOST_CUSTOMERS]


def _address(asked: str) -> Q:
    """Return the range of addresses that begin so; a range, because it is what an index understands."""
    text = asked.replace("\0", "").strip().lower()  # PostgreSQL takes no NUL, not even to look for
    found = Q(pk__in=())
    if text and " " not in text:
        found |= Q(kind=CustomerAddress.EMAIL, value__gte=text, value__lt=text + _END)
    digits = re.sub(r"[^\d+]", "", text)
    if len(digits) >= _SHORTEST_NUMBER and not re.search(r"[^\d\s()+./-]", text):
        found |= Q(kind=CustomerAddress.PHONE, value__gte=digits, value__lt=digits + _END)
    return found


def _by_words(table: str, column: str, asked: str, limit: int) -> list[int]:
    words = re.findall(r"\w+", asked.replace("_", " "))[:_MOST_WORDS]
    if not words:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query, words_asked = _POSTGRES, " & ".join(f"{word}:*" for word in words)
        else:
            query, words_asked = _SQLITE, " ".join(f'"{word}"*' for word in words)
        statement = query.format(table=table, column=column, index=f"{table}_{column}_words")
        cursor.execute(statement, [words_asked, limit])
        return [row[0] for row in cursor.fetchall()]
