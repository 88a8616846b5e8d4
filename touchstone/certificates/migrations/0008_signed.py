"""签名证书: keys that sign, what they signed, the lists of what was revoked, and what holders share.

The database itself keeps what was signed and whose a key is: nothing of it is altered or removed.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import touchstone.certificates.states
from django.conf import settings
from django.db import migrations, models


_KEPT = """
CREATE FUNCTION certificates_keep_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := TG_ARGV::text[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '签名证书和发证密钥不能删除' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
    RAISE EXCEPTION '签名证书和发证密钥的内容不能改动' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credentials_kept BEFORE UPDATE OR DELETE ON certificates_credential
  FOR EACH ROW EXECUTE FUNCTION certificates_keep_signed('standing');
CREATE TRIGGER issuer_keys_kept BEFORE UPDATE OR DELETE ON certificates_issuerkey
  FOR EACH ROW EXECUTE FUNCTION certificates_keep_signed(
    'state', 'since', 'until', 'entry', 'countersigned_at', 'countersigned_by_id', 'retired_at', 'retired_because', 'leaked',
    'private_sealed', 'signed_up_to');
"""
_FREE = """
DROP TRIGGER credentials_kept ON certificates_credential;
DROP TRIGGER issuer_keys_kept ON certificates_issuerkey;
DROP FUNCTION certificates_keep_signed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bodies', '0007_apprentices'),
        ('certificates', '0007_occupations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IssuerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='密钥编号')),
                ('public_key', models.BinaryField(max_length=32, unique=True, verbose_name='公钥')),
                ('sm2_key', models.BinaryField(max_length=64, verbose_name='国密公钥')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='公钥指纹')),
                ('private_sealed', models.BinaryField(null=True)),
                ('state', models.CharField(choices=[('made', '待加签'), ('countersigned', '使用中'), ('retired', '已停用')], default=touchstone.certificates.states.KeyState['MADE'], max_length=16, verbose_name='状态')),
                ('since', models.DateField(verbose_name='启用日')),
                ('until', models.DateField(verbose_name='到期日')),
                ('entry', models.JSONField(default=dict, verbose_name='公布内容')),
                ('made_at', models.DateTimeField(verbose_name='生成时间')),
                ('countersigned_at', models.DateTimeField(null=True, verbose_name='加签时间')),
                ('retired_at', models.DateTimeField(null=True, verbose_name='停用时间')),
                ('retired_because', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('leaked', models.BooleanField(default=False, verbose_name='可能泄露')),
                ('signed_up_to', models.BigIntegerField(null=True)),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issuer_keys', to='bodies.body')),
                ('countersigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='加签人')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
            ],
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.TextField(verbose_name='签名文档')),
                ('qr', models.TextField(verbose_name='二维码内容')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='文档指纹')),
                ('leaf', models.BinaryField(max_length=32, verbose_name='日志叶子')),
                ('salt_sealed', models.BinaryField()),
                ('list_number', models.PositiveIntegerField(verbose_name='状态列表')),
                ('place', models.PositiveIntegerField(verbose_name='列表位置')),
                ('standing', models.CharField(choices=[('valid', 'valid'), ('suspended', 'suspended'), ('revoked', 'revoked')], default=touchstone.certificates.states.Standing['VALID'], max_length=12, verbose_name='列表所示')),
                ('signed_at', models.DateTimeField(verbose_name='签名时间')),
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='credential', to='certificates.certificate')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='certificates.issuerkey')),
            ],
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='分享编号')),
                ('facts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None, verbose_name='展示内容')),
                ('purpose', models.CharField(blank=True, max_length=60, verbose_name='给谁看')),
                ('secret_index', models.BinaryField(max_length=32, unique=True)),
                ('secret_sealed', models.BinaryField()),
                ('made_at', models.DateTimeField(verbose_name='分享时间')),
                ('until', models.DateTimeField(verbose_name='有效期至')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='收回时间')),
                ('opened', models.PositiveIntegerField(default=0, verbose_name='打开次数')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='certificates.certificate')),
            ],
        ),
        migrations.CreateModel(
            name='StatusList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='列表编号')),
                ('purpose', models.CharField(choices=[('revocation', '撤销'), ('suspension', '核查中')], max_length=12, verbose_name='用途')),
                ('document', models.TextField(blank=True, verbose_name='签名文档')),
                ('published_at', models.DateTimeField(null=True, verbose_name='签发时间')),
                ('valid_until', models.DateTimeField(null=True, verbose_name='有效期至')),
                ('stale_since', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('number', 'purpose'), name='one_list_per_number_and_purpose')],
            },
        ),
        migrations.CreateModel(
            name='Checks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('way', models.CharField(choices=[('page', '查验页'), ('share', '分享链接')], max_length=8, verbose_name='方式')),
                ('many', models.PositiveIntegerField(default=0, verbose_name='次数')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='certificates.certificate')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('certificate', 'month', 'way'), name='one_count_per_month_and_way')],
            },
        ),
        migrations.AddIndex(
            model_name='issuerkey',
            index=models.Index(condition=models.Q(('signed_up_to__isnull', False)), fields=['-id'], name='issuer_key_backlog'),
        ),
        migrations.AddConstraint(
            model_name='issuerkey',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'countersigned')), fields=('body',), name='one_signing_key_per_body', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='issuerkey',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'made')), fields=('body',), name='one_waiting_key_per_body', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='issuerkey',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='issuer_key_period'),
        ),
        migrations.AddConstraint(
            model_name='issuerkey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'retired'), _negated=True), ('private_sealed__isnull', True), _connector='OR'), name='retired_key_signs_no_more'),
        ),
        migrations.AddIndex(
            model_name='credential',
            index=models.Index(condition=models.Q(('standing', 'valid'), _negated=True), fields=['list_number'], name='credentials_not_valid'),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.UniqueConstraint(fields=('list_number', 'place'), name='one_credential_per_place'),
        ),
        migrations.AddIndex(
            model_name='share',
            index=models.Index(fields=['certificate', '-id'], name='certificate_certifi_e20ada_idx'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('made_at'))), name='share_period'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('facts__len__gt', 0)), name='share_shows_something'),
        ),
        migrations.RunSQL("CREATE SEQUENCE certificates_signed_position MINVALUE 0 START 0", "DROP SEQUENCE certificates_signed_position"),
        migrations.RunSQL(_KEPT, _FREE),
    ]
