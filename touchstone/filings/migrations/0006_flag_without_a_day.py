from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0005_ground")]

    operations = [migrations.AlterField("catalogueflag", "due_on", models.DateField(null=True, verbose_name="调整期限"))]
