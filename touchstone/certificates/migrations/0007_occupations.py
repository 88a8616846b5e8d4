"""职业名称: one index of the names of occupations, of which there are some hundred, in place of one of every pair of characters of every certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0006_revoked_list")]
    operations = [
        migrations.RemoveIndex(model_name="certificate", name="certificates_by_occupation"),
        migrations.AddIndex(model_name="certificate", index=models.Index(fields=["occupation_name"], name="certificates_occupations")),
    ]
