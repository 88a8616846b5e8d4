"""少数证书: the few that are examined, or by an enterprise's own standard, are found without reading all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0009_replaced")]

    operations = [
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("examined_since__isnull", False), ("state", "issued")),
                fields=["-issued_on", "-id"],
                name="certificates_being_examined",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(condition=models.Q(("scheme", "enterprise")), fields=["-issued_on", "-id"], name="certificates_enterprise"),
        ),
    ]
