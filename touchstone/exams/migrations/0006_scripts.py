import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exams", "0005_moved_back"),
        ("questions", "0004_exchange"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ComputerExam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="考场口令")),
                ("set_at", models.DateTimeField(verbose_name="设定时间")),
                ("paper", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questions.paper", verbose_name="试卷")),
                ("set_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("sitting", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="computer", to="exams.sitting")),
            ],
        ),
        migrations.CreateModel(
            name="Script",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=64, unique=True, verbose_name="答卷编号")),
                ("letter", models.CharField(max_length=2, verbose_name="卷别")),
                ("seed", models.CharField(max_length=64, verbose_name="随机种子")),
                ("layout", models.JSONField(default=list, verbose_name="题目和选项的顺序")),
                ("begun_at", models.DateTimeField(verbose_name="开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                ("extra_minutes", models.PositiveSmallIntegerField(default=0, verbose_name="延长分钟")),
                ("holder", models.PositiveSmallIntegerField(default=1, verbose_name="作答机次")),
                ("sequence", models.PositiveIntegerField(default=0, verbose_name="已收到的变更")),
                ("heard_at", models.DateTimeField(verbose_name="最近保存")),
                ("answered", models.PositiveSmallIntegerField(default=0, verbose_name="已答题数")),
                ("move_asked_at", models.DateTimeField(null=True, verbose_name="请求换机时间")),
                ("move_allowed_at", models.DateTimeField(null=True, verbose_name="允许换机时间")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="交卷时间")),
                (
                    "submitted_by",
                    models.CharField(blank=True, choices=[("candidate", "考生交卷"), ("clock", "到时自动交卷")], max_length=12, verbose_name="交卷方式"),
                ),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="作答摘要")),
                ("machine_points", models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name="客观题得分")),
                ("points", models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name="卷面得分")),
                ("scored_at", models.DateTimeField(null=True, verbose_name="评分时间")),
                ("exam", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="scripts", to="exams.computerexam")),
                ("seat", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="script", to="exams.seat")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(submitted_at__isnull=True), fields=["ends_at"], name="scripts_under_way")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(submitted_at__isnull=True, submitted_by="")
                        | models.Q(submitted_at__isnull=False) & ~models.Q(submitted_by=""),
                        name="script_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.PositiveSmallIntegerField(verbose_name="作答机次")),
                ("sequence", models.PositiveIntegerField(verbose_name="变更序号")),
                ("position", models.PositiveSmallIntegerField(verbose_name="题号")),
                ("response", models.JSONField(null=True, verbose_name="作答")),
                ("said_at", models.DateTimeField(verbose_name="作答时间")),
                ("at", models.DateTimeField(verbose_name="收到时间")),
                ("spent_ms", models.PositiveIntegerField(default=0, verbose_name="用时毫秒")),
                (
                    "script",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="exams.script"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("script", "holder", "sequence"), name="one_answer_per_change")],
            },
        ),
    ]
