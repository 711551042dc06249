from django.db import migrations
from django.utils import timezone

TRACKED = ("Baseline", "Target", "PartnerAgency")


def begin(apps, schema_editor):
    """What was there before history was kept is its first entry, so that the first change says what was before."""
    now = timezone.now()
    for name in TRACKED:
        model = apps.get_model("performance", name)
        past = apps.get_model("performance", f"Historical{name}")
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


class Migration(migrations.Migration):
    dependencies = [("performance", "0002_returns")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
