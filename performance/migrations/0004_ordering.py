
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('performance', '0003_history_begins'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='partnership',
            options={'ordering': ('is_invented', 'name')},
        ),
    ]
