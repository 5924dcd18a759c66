import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0016_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="change_note_days",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="time to take note of a change, working days",
            ),
        ),
    ]
