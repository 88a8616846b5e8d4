import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_structures")]

    operations = [
        migrations.AddField(
            "occupation",
            "succeeds",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="succeeded_by",
                to="catalogue.occupation",
                verbose_name="原职业",
            ),
        ),
    ]
