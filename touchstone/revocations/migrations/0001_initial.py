"""证书撤销: cases with their certificates, holders' requests, and the support that was paid."""

import django.db.models.deletion
import touchstone.revocations.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0004_restrictions'),
        ('bodies', '0007_apprentices'),
        ('certificates', '0009_replaced'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Revocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='案件编号')),
                ('cause', models.CharField(choices=[('out_of_scope', '超范围'), ('wrong', '数据有误'), ('fraud', '弄虚作假'), ('dependent', '所依据的证书已撤销')], max_length=16, verbose_name='事由')),
                ('origin', models.CharField(blank=True, max_length=40, verbose_name='来源编号')),
                ('clause', models.CharField(max_length=200, verbose_name='依据')),
                ('reason', models.TextField(verbose_name='事实和理由')),
                ('body_words', models.CharField(max_length=160, verbose_name='评价机构')),
                ('state', models.CharField(choices=[('opened', '已立案，待告知'), ('notified', '核查中，听取陈述'), ('proposed', '待决定'), ('ordered', '已决定，待执行'), ('closed', '已办结'), ('withdrawn', '已撤案')], default=touchstone.revocations.states.State['OPENED'], max_length=12, verbose_name='状态')),
                ('row_count', models.PositiveIntegerField(verbose_name='证书数')),
                ('reach', models.JSONField(default=dict, verbose_name='影响范围')),
                ('opened_at', models.DateTimeField(verbose_name='立案时间')),
                ('notified_at', models.DateTimeField(null=True, verbose_name='告知时间')),
                ('heard_until', models.DateField(null=True, verbose_name='陈述截止日')),
                ('sent_up_at', models.DateTimeField(null=True, verbose_name='报送时间')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='决定时间')),
                ('execute_by', models.DateField(null=True, verbose_name='执行期限')),
                ('appeal_until', models.DateField(null=True, verbose_name='申诉截止日')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='办结时间')),
                ('appeal_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='申诉受理单位')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='提出单位')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revocations', to='accounts.office', verbose_name='承办单位')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_up_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RevocationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=32, unique=True, verbose_name='编号')),
                ('certificate_number', models.CharField(db_index=True, max_length=22, verbose_name='证书编号')),
                ('state', models.CharField(choices=[('listed', '拟核查'), ('examined', '核查中'), ('ordered', '决定已下达'), ('kept', '保留'), ('revoked', '已撤销'), ('corrected', '已更正'), ('reversed', '经申诉恢复')], default=touchstone.revocations.states.RowState['LISTED'], max_length=12, verbose_name='状态')),
                ('notified_at', models.DateTimeField(null=True, verbose_name='告知时间')),
                ('statement', models.TextField(blank=True, verbose_name='陈述')),
                ('statement_at', models.DateTimeField(null=True, verbose_name='陈述时间')),
                ('proposal', models.CharField(blank=True, choices=[('revoke', '撤销'), ('correct', '更正（撤销并重新登记）'), ('keep', '不成立，保留')], max_length=8, verbose_name='处理意见')),
                ('proposal_reason', models.TextField(blank=True, verbose_name='处理意见理由')),
                ('changes', models.JSONField(default=dict, verbose_name='更正后的内容')),
                ('verdict', models.CharField(blank=True, choices=[('revoke', '撤销'), ('correct', '更正（撤销并重新登记）'), ('keep', '不成立，保留')], max_length=8, verbose_name='决定')),
                ('findings', models.JSONField(default=list, verbose_name='认定')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='决定时间')),
                ('executed_at', models.DateTimeField(null=True, verbose_name='执行时间')),
                ('executed_by', models.CharField(blank=True, max_length=160, verbose_name='执行单位')),
                ('replaced_by', models.CharField(blank=True, max_length=22, verbose_name='代替的证书')),
                ('appeal_state', models.CharField(choices=[('none', '没有申诉'), ('lodged', '申诉审查中'), ('dismissed', '申诉维持'), ('granted', '申诉成立')], default=touchstone.revocations.states.AppealState['NONE'], max_length=12, verbose_name='申诉状态')),
                ('appeal', models.TextField(blank=True, verbose_name='申诉')),
                ('appealed_at', models.DateTimeField(null=True, verbose_name='申诉时间')),
                ('answer', models.TextField(blank=True, verbose_name='申诉答复')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='答复时间')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='revocations.revocation')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revocation_rows', to='certificates.certificate')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SupportImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='导入编号')),
                ('name', models.CharField(max_length=120, verbose_name='文件名')),
                ('sha256', models.CharField(max_length=64)),
                ('dry_run', models.BooleanField(verbose_name='仅核对')),
                ('row_count', models.PositiveIntegerField(verbose_name='行数')),
                ('taken', models.PositiveIntegerField(verbose_name='登记')),
                ('outcomes', models.JSONField(default=list, verbose_name='逐行结果')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='导入单位')),
            ],
        ),
        migrations.CreateModel(
            name='SupportPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('certificate_number', models.CharField(db_index=True, max_length=22, verbose_name='证书编号')),
                ('holder_name', models.CharField(max_length=60, verbose_name='姓名')),
                ('policy', models.CharField(max_length=60, verbose_name='支持项目')),
                ('reference', models.CharField(max_length=60, unique=True, verbose_name='发放编号')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='金额（元）')),
                ('paid_on', models.DateField(verbose_name='发放日期')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='revocations.supportimport')),
            ],
        ),
        migrations.CreateModel(
            name='HolderRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='申请编号')),
                ('kind', models.CharField(choices=[('correction', '更正'), ('reissue', '补发')], max_length=12, verbose_name='事项')),
                ('certificate_number', models.CharField(db_index=True, max_length=22, verbose_name='证书编号')),
                ('words', models.TextField(verbose_name='说明')),
                ('changes', models.JSONField(default=dict, verbose_name='要求更正的内容')),
                ('state', models.CharField(choices=[('asked', '待核对'), ('checked', '已核对，待决定'), ('granted', '已办结'), ('refused', '未予办理'), ('taken_back', '本人撤回')], default=touchstone.revocations.states.RequestState['ASKED'], max_length=12, verbose_name='状态')),
                ('asked_at', models.DateTimeField(verbose_name='申请时间')),
                ('due_on', models.DateField(verbose_name='办理期限')),
                ('opinion', models.TextField(blank=True, verbose_name='核对情况')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='核对时间')),
                ('answer', models.TextField(blank=True, verbose_name='答复')),
                ('clause', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('next_step', models.TextField(blank=True, verbose_name='后续办法')),
                ('findings', models.JSONField(default=list, verbose_name='认定')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='决定时间')),
                ('made_number', models.CharField(blank=True, max_length=22, verbose_name='办结后的证书编号')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='certificates.certificate')),
            ],
            options={
                'indexes': [models.Index(fields=['body', '-id'], name='revocations_body_id_82f2f9_idx'), models.Index(fields=['state', '-id'], name='revocations_state_b2a839_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'checked'])), fields=('certificate',), name='one_open_request_per_certificate')],
            },
        ),
        migrations.AddIndex(
            model_name='revocation',
            index=models.Index(fields=['state', '-id'], name='revocations_state_91841e_idx'),
        ),
        migrations.AddIndex(
            model_name='revocation',
            index=models.Index(fields=['office', '-id'], name='revocations_office__b87aaa_idx'),
        ),
        migrations.AddIndex(
            model_name='revocation',
            index=models.Index(condition=models.Q(('origin', ''), _negated=True), fields=['origin'], name='revocations_by_origin'),
        ),
        migrations.AddIndex(
            model_name='revocationrow',
            index=models.Index(fields=['case', 'id'], name='revocations_case_id_b19759_idx'),
        ),
        migrations.AddIndex(
            model_name='revocationrow',
            index=models.Index(fields=['body', '-id'], name='revocations_body_id_c1ef80_idx'),
        ),
        migrations.AddConstraint(
            model_name='revocationrow',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['listed', 'examined', 'ordered'])), fields=('certificate',), name='one_open_case_per_certificate'),
        ),
        migrations.AddIndex(
            model_name='supportimport',
            index=models.Index(fields=['office', '-id'], name='revocations_office__f3f914_idx'),
        ),
        migrations.AddIndex(
            model_name='supportpayment',
            index=models.Index(fields=['-paid_on', '-id'], name='revocations_paid_on_3f2db5_idx'),
        ),
    ]
