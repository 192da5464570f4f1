from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0002_survey_rounds'),
    ]

    operations = [
        migrations.AddField(
            model_name='study',
            name='invented',
            field=models.BooleanField(default=False),
        ),
    ]
