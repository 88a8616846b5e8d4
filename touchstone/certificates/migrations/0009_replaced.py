"""更正、补发和恢复: a revoked certificate may have another in its place, and what rests on a number is found without reading all."""

from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform


class Migration(migrations.Migration):
    dependencies = [("certificates", "0008_signed")]
    operations = [
        migrations.RemoveConstraint(model_name="certificate", name="one_certificate_per_candidate_and_scheme"),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "issued")),
                fields=("candidate_number", "scheme"),
                name="one_valid_certificate_per_candidate_and_scheme",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate", index=models.Index(KeyTextTransform("earlier_certificate", "basis"), name="certificates_rest_on")
        ),
        migrations.AddIndex(
            model_name="certificate", index=models.Index(KeyTextTransform("held", "basis"), name="certificates_appointed_on")
        ),
        migrations.AddIndex(model_name="certificate", index=models.Index(KeyTextTransform("replaces", "basis"), name="certificates_replace")),
    ]
