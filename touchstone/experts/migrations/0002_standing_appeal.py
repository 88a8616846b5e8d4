"""队伍迁移: a measure has a number, a clause, and an appeal with its answer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """No measure was ever taken before, so that a number needs no default of its own."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("experts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(model_name="standing", name="number", field=models.CharField(max_length=40, unique=True, verbose_name="决定编号", default=""), preserve_default=False),
        migrations.AddField(model_name="standing", name="clause", field=models.CharField(blank=True, max_length=200, verbose_name="依据")),
        migrations.AddField(model_name="standing", name="appeal", field=models.TextField(blank=True, verbose_name="申诉")),
        migrations.AddField(model_name="standing", name="appealed_at", field=models.DateTimeField(null=True, verbose_name="申诉时间")),
        migrations.AddField(model_name="standing", name="appeal_due_on", field=models.DateField(null=True, verbose_name="申诉答复期限")),
        migrations.AddField(model_name="standing", name="answer", field=models.TextField(blank=True, verbose_name="申诉答复")),
        migrations.AddField(model_name="standing", name="upheld", field=models.BooleanField(null=True, verbose_name="申诉成立")),
        migrations.AddField(model_name="standing", name="answered_at", field=models.DateTimeField(null=True, verbose_name="答复时间")),
        migrations.AddField(
            model_name="standing",
            name="answered_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
    ]
