from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0004_names_by_part")]

    operations = [
        migrations.AddField("moved", "before", models.CharField(blank=True, default="", max_length=16, verbose_name="转出前资格"), preserve_default=False),
        migrations.AddField("moved", "undoing", models.JSONField(default=dict, verbose_name="撤销终止后的处理")),
        migrations.AddField("moved", "returned_at", models.DateTimeField(null=True, verbose_name="转回时间")),
    ]
