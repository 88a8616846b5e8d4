"""日志公钥: the key by which anybody checks a log stands beside its name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("logs", "0002_append_only")]
    operations = [
        migrations.AddField(model_name="log", name="key", field=models.CharField(default="", max_length=300, verbose_name="验证公钥"), preserve_default=False)
    ]
