"""已撤销的证书和职业名称: a short index of those revoked, for among a million valid ones they would be looked for one by one; and one of the names of
occupations, of which there are some hundred, in place of one of every pair of characters of every certificate.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0005_examined")]
    operations = [
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(condition=models.Q(("state", "revoked")), fields=["-issued_on", "-id"], name="certificates_revoked"),
        ),
        migrations.RemoveIndex(model_name="certificate", name="certificates_by_occupation"),
        migrations.AddIndex(model_name="certificate", index=models.Index(fields=["occupation_name"], name="certificates_occupations")),
    ]
