"""公开日志只增不改: the database itself refuses to alter or remove a leaf or a checkpoint, by trigger and by grants."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("logs", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION logs_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION '公开日志只能增加，不能修改或删除' USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER logs_leaf_append_only BEFORE UPDATE OR DELETE ON logs_leaf
              FOR EACH ROW EXECUTE FUNCTION logs_refuse_change();
            CREATE TRIGGER logs_checkpoint_append_only BEFORE UPDATE OR DELETE ON logs_checkpoint
              FOR EACH ROW EXECUTE FUNCTION logs_refuse_change();
            REVOKE UPDATE, DELETE ON logs_leaf, logs_checkpoint FROM PUBLIC, CURRENT_USER;
            """,
            """
            GRANT UPDATE, DELETE ON logs_leaf, logs_checkpoint TO CURRENT_USER;
            DROP TRIGGER logs_leaf_append_only ON logs_leaf; DROP TRIGGER logs_checkpoint_append_only ON logs_checkpoint;
            DROP FUNCTION logs_refuse_change();
            """,
        )
    ]
