from django.db import migrations
from django.utils import timezone


def begin(apps, schema_editor):
    """What was there before history was kept is its first entry, so that the first change says what was before."""
    model = apps.get_model("performance", "Membership")
    past = apps.get_model("performance", "HistoricalMembership")
    columns = [field.attname for field in model._meta.concrete_fields]
    now = timezone.now()
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
    dependencies = [("performance", "0005_plan_in_the_software")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
