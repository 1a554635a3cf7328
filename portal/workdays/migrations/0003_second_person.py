"""Two people stand behind a version: a draft is proposed, and confirmed or rejected by another person.

The way back wants drafts that were rejected or withdrawn to be deleted first: the old table has no word for them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal_workdays', '0002_years_2004_to_2040'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='YearAlarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('urgent', models.BooleanField()),
                ('raised_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='calendarversion',
            name='workdays_version_status_known',
        ),
        migrations.AddField(
            model_name='calendarday',
            name='named_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_on', to='portal_workdays.calendarversion'),
        ),
        migrations.AddField(
            model_name='calendarversion',
            name='decided_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='决定时间'),
        ),
        migrations.AddField(
            model_name='calendarversion',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='calendarversion',
            name='proposed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='登记的时间'),
        ),
        migrations.AddField(
            model_name='calendarversion',
            name='proposed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='calendarversion',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='不同意的理由'),
        ),
        migrations.AddField(
            model_name='calendarversion',
            name='replaces',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal_workdays.calendarversion'),
        ),
        migrations.AddField(
            model_name='calendarversion',
            name='text',
            field=models.TextField(blank=True, verbose_name='通知原文'),
        ),
        migrations.AlterField(
            model_name='calendarversion',
            name='status',
            field=models.CharField(choices=[('draft', '待确认'), ('active', '生效'), ('superseded', '已被取代'), ('rejected', '未同意'), ('withdrawn', '已撤回')], max_length=10, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='calendarversion',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'active', 'superseded', 'rejected', 'withdrawn'])), name='workdays_version_status_known'),
        ),
        migrations.AddConstraint(
            model_name='calendarversion',
            constraint=models.CheckConstraint(condition=models.Q(('proposed_by', None), models.Q(('status__in', ['active', 'superseded']), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='workdays_version_two_people'),
        ),
        migrations.AddConstraint(
            model_name='yearalarm',
            constraint=models.UniqueConstraint(fields=('year', 'urgent'), name='workdays_alarm_once'),
        ),
    ]
