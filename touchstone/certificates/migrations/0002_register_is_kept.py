"""证书登记簿只记不改: the database itself refuses to remove a certificate, to alter what it says, or to revive a revoked one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION certificates_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
              may_change text[] := ARRAY['state', 'revoked_on', 'revoked_reason'];
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
            CREATE TRIGGER certificates_kept BEFORE UPDATE OR DELETE ON certificates_certificate
              FOR EACH ROW EXECUTE FUNCTION certificates_refuse_change();
            """,
            "DROP TRIGGER certificates_kept ON certificates_certificate; DROP FUNCTION certificates_refuse_change();",
        )
    ]
