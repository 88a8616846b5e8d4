import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('filings', '0007_undo_in_queue'),
    ]

    operations = [
        migrations.AddField(
            model_name='suspension',
            name='at_fault',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='所涉认定计划'),
        ),
    ]
