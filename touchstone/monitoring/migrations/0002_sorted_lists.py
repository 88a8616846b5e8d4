"""An index for every column the list of cases can be sorted by."""

from django.db import migrations, models

_SORTED_BY = ("rule", "severity", "state", "due_on", "owner")


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='alert', name='monitoring__state_16b2c4_idx'),
        *(migrations.AddIndex('alert', models.Index(fields=[column, 'id'], name=f'alerts_by_{column}')) for column in _SORTED_BY),
    ]
