"""The random marks that browsers keep: of the one somebody was signed in with, of those a script was written in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exams', '0023_course_units'),
    ]

    operations = [
        migrations.AddField(
            model_name='script',
            name='devices',
            field=models.JSONField(default=list, verbose_name='设备标识'),
        ),
        migrations.AddField(
            model_name='signin',
            name='device',
            field=models.CharField(blank=True, max_length=32, verbose_name='设备标识'),
        ),
    ]
