"""How often a promise was moved, and the team of its case, stand on its row."""

import json

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Put both on the rows of promises that were made before there was a column for them."""
    case, promise = apps.get_model("store", "Case"), apps.get_model("store", "Promise")
    team = case.objects.filter(pk=models.OuterRef("case_id")).values("team_id")
    promise.objects.update(team_id=models.Subquery(team))
    for state in case.objects.filter(promises__isnull=False).distinct().values_list("state", flat=True).iterator():
        for made in json.loads(bytes(state) or b"{}").get("promises", ()):
            if made.get("moved"):
                promise.objects.filter(pk=made["promise"]).update(moved=made["moved"])


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0005_incident"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="moved",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="promise",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="store.team"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="promise",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="store.team"
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["status", "due", "id"], name="promises_in_a_state"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["due", "status", "moved", "team", "owner", "asked"], name="promises_by_fate"),
        ),
    ]
