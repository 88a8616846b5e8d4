"""证书撤销的上报: a row may tell the national query that a certificate is void; such a row holds no number."""

from django.db import migrations, models

import touchstone.uploads.states


class Migration(migrations.Migration):
    dependencies = [("uploads", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="act",
            field=models.CharField(
                choices=[("enter", "登记"), ("revoke", "撤销")], default=touchstone.uploads.states.Act["ENTER"], max_length=8, verbose_name="操作"
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="way",
            field=models.CharField(
                choices=[
                    ("issued", "平台发证"),
                    ("workbook", "上传工作簿"),
                    ("system", "接口报送"),
                    ("correction", "更正"),
                    ("revocation", "撤销"),
                    ("existing", "存量证书"),
                ],
                max_length=12,
                verbose_name="来源",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="state",
            field=models.CharField(
                choices=[
                    ("passed", "核对通过"),
                    ("broken", "核对不通过"),
                    ("objected", "审核有误"),
                    ("replaced", "已更正"),
                    ("accepted", "已接收"),
                    ("refused", "不予接收"),
                    ("reverted", "已撤回"),
                    ("revoked", "证书已撤销"),
                ],
                max_length=12,
                verbose_name="核对",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("act", "revoke")), fields=["national", "id"], name="revocations_by_national"),
        ),
        migrations.RemoveConstraint(model_name="entry", name="one_standing_entry_per_number"),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(("act", "enter"), ("state__in", ["passed", "objected", "accepted"])),
                name="one_standing_entry_per_number",
            ),
        ),
    ]
