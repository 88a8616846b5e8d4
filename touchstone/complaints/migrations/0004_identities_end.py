from datetime import date

from django.db import migrations, models

# What was filed before is kept as many years as were told then: ten, from the day it came.
FILL = """
    UPDATE complaints_complainant c SET kept_until = ((l.received_at AT TIME ZONE 'Asia/Shanghai')::date + interval '10 years')::date
    FROM complaints_lead l WHERE l.id = c.lead_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0003_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='lead',
            name='identity_destroyed_on',
            field=models.DateField(null=True, verbose_name='投诉人身份销毁日'),
        ),
        migrations.AddField(
            model_name='complainant',
            name='kept_until',
            field=models.DateField(default=date(2036, 1, 1), verbose_name='保密到期日'),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='complainant',
            index=models.Index(fields=['kept_until'], name='complainants_by_end'),
        ),
    ]
