"""名单一次一份: an office's lists of support are gone through one after the other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("revocations", "0002_support_in_chunks")]

    operations = [
        migrations.RemoveField(model_name="supportimport", name="outcomes"),
        migrations.AddIndex(
            model_name="supportimport",
            index=models.Index(condition=models.Q(("state", "reading")), fields=["at"], name="support_lists_unfinished"),
        ),
        migrations.AddConstraint(
            model_name="supportimport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "reading")), fields=("office",), name="one_support_list_at_a_time"
            ),
        ),
    ]
