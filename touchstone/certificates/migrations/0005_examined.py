"""证书核查: a certificate whose revocation has been begun is marked; the mark may come and go while it is valid, what it says still may not."""

from django.db import migrations, models

_MAY_CHANGE = """
CREATE OR REPLACE FUNCTION certificates_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY[{fields}];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '证书登记簿不能删除' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
    RAISE EXCEPTION '证书登记的内容不能改动' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.state = 'revoked' THEN
    RAISE EXCEPTION '已撤销的证书不能恢复或再改' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
_BEFORE = "'state', 'revoked_on', 'revoked_reason'"


class Migration(migrations.Migration):
    dependencies = [("certificates", "0004_enterprise_certificates")]
    operations = [
        migrations.AddField("certificate", "examined_case", models.CharField(blank=True, max_length=40, verbose_name="核查案件")),
        migrations.AddField("certificate", "examined_since", models.DateField(null=True, verbose_name="核查起始日")),
        migrations.AddIndex(
            "certificate",
            models.Index(condition=models.Q(("examined_case", ""), _negated=True), fields=["examined_case"], name="certificates_examined"),
        ),
        migrations.RunSQL(
            _MAY_CHANGE.format(fields=f"{_BEFORE}, 'examined_since', 'examined_case'"),
            _MAY_CHANGE.format(fields=_BEFORE),
        ),
    ]
