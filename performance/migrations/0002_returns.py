
import django.core.validators
import django.db.models.deletion
import performance.models.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def say_that_no_reason_was_recorded(apps, schema_editor):
    """From now on a count below 0 has a note; those from before get one that is true."""
    below = apps.get_model("performance", "Actual").objects.filter(count__lt=0, note="")
    below.update(note="No reason was recorded for the count below 0.")


class Migration(migrations.Migration):

    dependencies = [
        ('performance', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(say_that_no_reason_was_recorded, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            name='HistoricalBaseline',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('financial_year', performance.models.fields.FinancialYearField()),
                ('count', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(999999999)])),
                ('in_use_from', performance.models.fields.FinancialYearField(help_text='The first year that is measured against it, such as 2005/06.')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical baseline',
                'verbose_name_plural': 'historical baselines',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPartnerAgency',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField()),
                ('responsibility', models.CharField(blank=True, max_length=200, verbose_name='what it does')),
                ('contact_name', models.CharField(blank=True, max_length=120)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('contact_phone', models.CharField(blank=True, max_length=40)),
                ('joined_on', models.DateField(blank=True, help_text='Empty if not known.', null=True)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical partner agency',
                'verbose_name_plural': 'historical partner agencies',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPartnerAgency_supplies',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'HistoricalPartnerAgency_supplies',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTarget',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('financial_year', performance.models.fields.FinancialYearField()),
                ('count', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(999999999)])),
                ('sense', models.CharField(choices=[('reduce', 'Reduce'), ('do_not_exceed', 'Do not exceed'), ('watch', 'Watch without judging')], default='reduce', max_length=20)),
                ('tolerance_percent', models.DecimalField(decimal_places=1, default=5, help_text='A target missed by no more than this is missed narrowly.', max_digits=4, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)])),
                ('basis', models.CharField(blank=True, help_text='How it was set, such as “10% below the baseline”.', max_length=200)),
                ('note', models.TextField(blank=True, help_text='Shown as a note under every table that has this target.')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical target',
                'verbose_name_plural': 'historical targets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', performance.models.fields.FinancialYearField()),
                ('quarter', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(choices=[('soon', 'Due soon'), ('due', 'Due'), ('overdue', 'Overdue'), ('escalated', 'Long overdue'), ('asked', 'Asked for by hand')], max_length=10)),
                ('day', models.DateField(help_text='Of one asked for by hand, of which there is one a day.', null=True)),
                ('address', models.EmailField(max_length=254)),
                ('missing', models.TextField(blank=True, help_text='What was missing, in words.')),
                ('at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed')], default='sending', max_length=10)),
                ('problem', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ReturnEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('saved', 'Figures saved'), ('submitted', 'Handed in'), ('sent_back', 'Sent back'), ('published', 'Published'), ('revised', 'Revised after publication')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('token', models.UUIDField(unique=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('was_count', models.IntegerField(null=True)),
                ('was_missing', models.CharField(blank=True, max_length=20)),
                ('was_provisional', models.BooleanField(default=False)),
                ('was_note', models.TextField(blank=True)),
                ('count', models.IntegerField(null=True)),
                ('missing', models.CharField(blank=True, max_length=20)),
                ('is_provisional', models.BooleanField(default=False)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('actual', 'version'),
            },
        ),
        migrations.AddField(
            model_name='actual',
            name='is_confirmed',
            field=models.BooleanField(default=False, verbose_name='confirmed although odd'),
        ),
        migrations.AddField(
            model_name='actual',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, help_text='Goes up with each change: who saves over an older one is told.'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='is_invented',
            field=models.BooleanField(default=False, help_text='Every page says so. For demonstrations.', verbose_name='its figures are invented'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='returns_due_after',
            field=models.PositiveSmallIntegerField(default=31, help_text='After the end of its quarter.', validators=[django.core.validators.MaxValueValidator(366)], verbose_name='days until a return is due'),
        ),
        migrations.AddConstraint(
            model_name='actual',
            constraint=models.CheckConstraint(condition=models.Q(('count__isnull', True), ('count__gte', 0), models.Q(('note', ''), _negated=True), _connector='OR'), name='count_below_0_has_a_note'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('returns_due_after__lte', 366)), name='returns_due_within_a_year'),
        ),
        migrations.AddField(
            model_name='historicalbaseline',
            name='category',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.crimecategory'),
        ),
        migrations.AddField(
            model_name='historicalbaseline',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalbaseline',
            name='partnership',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.partnership'),
        ),
        migrations.AddField(
            model_name='historicalpartneragency',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpartneragency',
            name='partnership',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.partnership'),
        ),
        migrations.AddField(
            model_name='historicalpartneragency',
            name='succeeded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The body that took over.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.partneragency'),
        ),
        migrations.AddField(
            model_name='historicalpartneragency_supplies',
            name='crimecategory',
            field=models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.crimecategory'),
        ),
        migrations.AddField(
            model_name='historicalpartneragency_supplies',
            name='history',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='performance.historicalpartneragency'),
        ),
        migrations.AddField(
            model_name='historicalpartneragency_supplies',
            name='partneragency',
            field=models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.partneragency'),
        ),
        migrations.AddField(
            model_name='historicaltarget',
            name='baseline',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.baseline'),
        ),
        migrations.AddField(
            model_name='historicaltarget',
            name='category',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.crimecategory'),
        ),
        migrations.AddField(
            model_name='historicaltarget',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaltarget',
            name='partnership',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.partnership'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='performance.partnership'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='returnevent',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='returnevent',
            name='period_return',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='performance.periodreturn'),
        ),
        migrations.AddField(
            model_name='revision',
            name='actual',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='performance.actual'),
        ),
        migrations.AddField(
            model_name='revision',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='performance.returnevent'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('day__isnull', True)), fields=('partnership', 'user', 'financial_year', 'quarter', 'stage'), name='one_reminder_a_stage'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('day__isnull', False)), fields=('partnership', 'user', 'financial_year', 'quarter', 'stage', 'day'), name='one_reminder_by_hand_a_day'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='reminder_quarter_1_to_4'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['soon', 'due', 'overdue', 'escalated', 'asked'])), name='reminder_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['sending', 'sent', 'failed'])), name='reminder_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='returnevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['saved', 'submitted', 'sent_back', 'published', 'revised'])), name='event_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='returnevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['sent_back', 'revised']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='event_says_why'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('actual', 'version'), name='one_revision_a_version'),
        ),
    ]
