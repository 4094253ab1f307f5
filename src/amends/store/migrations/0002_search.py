"""Full-text indexes on subjects and names, for `amends.insight.search`.

On SQLite triggers keep them. A later migration that alters `store_case` or `store_customer` there makes the table
anew, and its triggers go with the old one: run `index_words` again after it (a test of the search says so).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_WORDS = (("store_case", "subject"), ("store_customer", "name"))

_SQLITE = (
    "DROP TABLE IF EXISTS {index}",
    (
        "CREATE VIRTUAL TABLE {index} USING fts5({column}, content='{table}', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    ),
    "INSERT INTO {index}({index}) VALUES ('rebuild')",
    "DROP TRIGGER IF EXISTS {index}_in",
    (
        "CREATE TRIGGER {index}_in AFTER INSERT ON {table} BEGIN"
        " INSERT INTO {index}(rowid, {column}) VALUES (new.id, new.{column}); END"
    ),
    "DROP TRIGGER IF EXISTS {index}_out",
    (
        "CREATE TRIGGER {index}_out AFTER DELETE ON {table} BEGIN"
        " INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.id, old.{column}); END"
    ),
    "DROP TRIGGER IF EXISTS {index}_anew",
    (
        "CREATE TRIGGER {index}_anew AFTER UPDATE OF {column} ON {table} BEGIN"
        " INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
        " INSERT INTO {index}(rowid, {column}) VALUES (new.id, new.{column}); END"
    ),
)
_POSTGRES = ("CREATE INDEX IF NOT EXISTS {index} ON {table} USING gin (to_tsvector('simple', {column}))",)


def index_words(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the indexes, and on SQLite the triggers; what is there already is made anew."""
    for table, column in _WORDS:
        for statement in _POSTGRES if editor.connection.vendor == "postgresql" else _SQLITE:
            editor.execute(statement.format(table=table, column=column, index=f"{table}_{column}_words"), params=None)


def forget_words(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away again."""
    for table, column in _WORDS:
        index = f"{table}_{column}_words"
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP INDEX IF EXISTS {index}", params=None)
            continue
        for trigger in ("in", "out", "anew"):
            editor.execute(f"DROP TRIGGER IF EXISTS {index}_{trigger}", params=None)
        editor.execute(f"DROP TABLE IF EXISTS {index}", params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(index_words, forget_words)]
