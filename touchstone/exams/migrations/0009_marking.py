import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0008_own_registration"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="题号")),
                ("turn", models.PositiveSmallIntegerField(verbose_name="评次")),
                ("given", models.JSONField(default=dict, verbose_name="各要点给分")),
                ("points", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="给分")),
                ("marked_at", models.DateTimeField(verbose_name="评卷时间")),
                ("replaced_at", models.DateTimeField(null=True, verbose_name="改评时间")),
                (
                    "marked_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("script", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="exams.script")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(replaced_at__isnull=True), fields=("script", "position", "turn"), name="one_standing_mark_per_turn"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Marker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("turn", models.PositiveSmallIntegerField(choices=[(1, "一评"), (2, "二评"), (3, "三评")], verbose_name="评次")),
                ("appointed_at", models.DateTimeField(verbose_name="指定时间")),
                ("exam", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="markers", to="exams.computerexam")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="评卷人"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("exam", "turn"), name="one_marker_per_turn"),
                    models.UniqueConstraint(fields=("exam", "user"), name="one_turn_per_marker"),
                ],
            },
        ),
    ]
