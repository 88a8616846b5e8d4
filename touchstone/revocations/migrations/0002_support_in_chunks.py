"""政策支持名单分块处理: lists are gone through in chunks by the worker; what became of each row lies in a table of its own."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import touchstone.revocations.states


def rows_of_before(apps: Any, schema: Any) -> None:
    """This function will put the outcomes of the lists so far into their own table."""
    List, Line = apps.get_model("revocations", "SupportImport"), apps.get_model("revocations", "SupportLine")
    for one in List.objects.order_by("pk").iterator():
        Line.objects.bulk_create(
            (Line(run=one, row_number=row, title=title[:160], done=done, sentence=said[:300]) for row, title, done, said in one.outcomes),
            batch_size=1000,
        )
        List.objects.filter(pk=one.pk).update(state="done", cursor=one.row_count)


class Migration(migrations.Migration):
    dependencies = [("revocations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="supportimport",
            name="state",
            field=models.CharField(
                choices=[("reading", "处理中"), ("done", "已处理"), ("failed", "未能读取"), ("undone", "已整份撤销")],
                default=touchstone.revocations.states.ListState["READING"],
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            model_name="supportimport", name="cursor", field=models.PositiveIntegerField(default=0, verbose_name="已处理行数")
        ),
        migrations.AddField(
            model_name="supportimport", name="reason", field=models.CharField(blank=True, max_length=300, verbose_name="说明")
        ),
        migrations.AlterField(
            model_name="supportimport", name="row_count", field=models.PositiveIntegerField(default=0, verbose_name="行数")
        ),
        migrations.AlterField(model_name="supportimport", name="taken", field=models.PositiveIntegerField(default=0, verbose_name="登记")),
        migrations.CreateModel(
            name="SupportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.PositiveIntegerField(verbose_name="行号")),
                ("certificate_number", models.CharField(blank=True, max_length=30, verbose_name="证书编号")),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="项目")),
                ("done", models.BooleanField(verbose_name="通过")),
                ("sentence", models.CharField(max_length=300, verbose_name="说明")),
                (
                    "run",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="revocations.supportimport"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="supportline", index=models.Index(fields=["run", "done", "row_number"], name="support_lines_by_outcome")
        ),
        migrations.AddConstraint(
            model_name="supportline",
            constraint=models.UniqueConstraint(fields=("run", "row_number"), name="one_line_per_row_of_support"),
        ),
        migrations.RunPython(rows_of_before, migrations.RunPython.noop),
    ]
