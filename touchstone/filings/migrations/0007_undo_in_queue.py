"""整份撤销在后台办理: when it was asked, and why it was given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0006_flag_without_a_day")]

    operations = [
        migrations.AddField("loading", "undo_asked_at", models.DateTimeField("申请撤销时间", null=True)),
        migrations.AddField("loading", "kept_because", models.TextField("没有撤销的原因", blank=True)),
        migrations.RunSQL("UPDATE filings_loading SET undo_asked_at = undone_at", migrations.RunSQL.noop, elidable=True),
    ]
