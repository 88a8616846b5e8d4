from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0004_ending")]

    operations = [migrations.AlterField("catalogueflag", "due_on", models.DateField(null=True, verbose_name="调整期限"))]
