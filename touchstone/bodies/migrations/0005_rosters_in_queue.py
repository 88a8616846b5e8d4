"""名册在后台登记: how far each is; those of before were gone through in the request and are done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bodies", "0004_assessment_leader")]

    operations = [
        migrations.AddField("rosterimport", "done", models.PositiveIntegerField("已处理", default=0)),
        migrations.AddField("rosterimport", "finished_at", models.DateTimeField("完成时间", null=True)),
        migrations.AddField("rosterimport", "failed_because", models.TextField("失败原因", blank=True)),
        migrations.RunSQL("UPDATE bodies_rosterimport SET done = total, finished_at = run_at", migrations.RunSQL.noop, elidable=True),
    ]
