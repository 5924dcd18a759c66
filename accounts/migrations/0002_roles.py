"""The bureau's roles are groups of these names (see accounts.roles)."""

from django.db import migrations

NAMES = (
    "intake_officer",
    "reviewing_officer",
    "deciding_officer",
    "auditor",
    "administrator",
)


def forwards(apps, schema_editor):
    for name in NAMES:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
