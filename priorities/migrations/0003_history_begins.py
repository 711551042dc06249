from django.db import migrations
from django.utils import timezone

TRACKED = {"Plan": None, "Aim": None, "Objective": None, "Priority": "categories"}
"""Each with the list of others whose history it keeps too."""


def begin(apps, schema_editor):
    """What was there before history was kept is its first entry, so that the first change says what was before."""
    now = timezone.now()
    for name, others in TRACKED.items():
        model = apps.get_model("priorities", name)
        past = apps.get_model("priorities", f"Historical{name}")
        columns = [field.attname for field in model._meta.concrete_fields]
        past.objects.bulk_create(
            past(
                **{column: getattr(row, column) for column in columns},
                history_date=now,
                history_type="+",
                history_change_reason="As it was when history began",
            )
            for row in model.objects.iterator()
        )
        if others:
            begun = dict(past.objects.values_list("id", "history_id"))
            links = getattr(model, others).through.objects.values_list("pk", f"{name.lower()}_id", "crimecategory_id")
            listed = apps.get_model("priorities", f"Historical{name}_{others}")
            listed.objects.bulk_create(
                listed(**{"id": link, "history_id": begun[own], f"{name.lower()}_id": own, "crimecategory_id": other})
                for link, own, other in links
            )


class Migration(migrations.Migration):
    dependencies = [("priorities", "0002_returns")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
