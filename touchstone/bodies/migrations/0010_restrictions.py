import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bodies', '0009_grades'),
    ]

    operations = [
        migrations.CreateModel(
            name='BodyRestriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('barred', models.CharField(choices=[('file', '申请备案'), ('widen', '增加评价职业、等级和考核点'), ('model', '认定为示范性机构、参加试点'), ('support', '享受政策支持')], max_length=12, verbose_name='限制事项')),
                ('since', models.DateField(verbose_name='起')),
                ('until', models.DateField(verbose_name='止')),
                ('case', models.CharField(max_length=40, verbose_name='案件编号')),
                ('clause', models.CharField(max_length=200, verbose_name='依据')),
                ('reason', models.CharField(max_length=300, verbose_name='事由')),
                ('imposed_at', models.DateTimeField(verbose_name='作出时间')),
                ('lifted_on', models.DateField(null=True, verbose_name='解除日')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='解除时间')),
                ('lifted_because', models.CharField(blank=True, max_length=300, verbose_name='解除原因')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='bodies.body')),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'barred', 'until'], name='bodies_body_body_id_85f3fd_idx'), models.Index(fields=['case'], name='bodies_body_case_953f75_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='body_restriction_period'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('case', 'barred'), name='a_case_restricts_once')],
            },
        ),
    ]
