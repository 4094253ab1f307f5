"""How often a promise was moved stands on its row; what was moved before is read from the state of its case."""

import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def count_moves(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Put the moves on the rows of promises that were made before there was a column for them."""
    case, promise = apps.get_model("store", "Case"), apps.get_model("store", "Promise")
    for state in case.objects.filter(promises__isnull=False).distinct().values_list("state", flat=True).iterator():
        for made in json.loads(bytes(state) or b"{}").get("promises", ()):
            if made.get("moved"):
                promise.objects.filter(pk=made["promise"]).update(moved=made["moved"])


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0004_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="moved",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunPython(count_moves, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["status", "due", "id"], name="promises_in_a_state"),
        ),
    ]
