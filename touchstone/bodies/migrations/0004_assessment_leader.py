from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bodies", "0003_names_by_part")]

    operations = [
        migrations.AddField(
            "body",
            "assessment_leader",
            models.CharField(blank=True, default="", max_length=60, verbose_name="分管评价工作的负责人"),
            preserve_default=False,
        ),
    ]
