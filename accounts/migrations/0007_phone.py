import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_calendar")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="phone",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=11,
                validators=[
                    django.core.validators.RegexValidator(
                        "^1[3-9]\\d{9}$", "A mainland mobile number has 11 digits."
                    )
                ],
                verbose_name="mobile number",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("phone", ""), ("phone__regex", "^1[3-9]\\d{9}$"), _connector="OR"
                ),
                name="user_phone_mainland",
                violation_error_message="A mainland mobile number has 11 digits.",
            ),
        ),
    ]
