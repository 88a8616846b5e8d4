"""An index for alerts raised in a span of days."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0002_sorted_lists'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(fields=['raised_at', 'id'], name='alerts_by_raised_at'),
        ),
    ]
