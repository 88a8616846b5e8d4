"""存证只增不改: the database itself refuses to alter or remove a line of the ledger."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION '存证只能增加，不能修改或删除' USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
              FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
            """,
            "DROP TRIGGER ledger_entry_append_only ON ledger_entry; DROP FUNCTION ledger_refuse_change();",
        )
    ]
