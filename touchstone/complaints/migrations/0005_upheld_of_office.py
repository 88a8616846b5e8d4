"""An index for how many of an office's leads were upheld."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0004_identities_end'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['office', 'verdict'], name='leads_of_office_verdict'),
        ),
    ]
