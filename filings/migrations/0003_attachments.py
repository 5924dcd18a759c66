"""Uploads become documents through their form; and what the first policies ask for."""

from django.db import migrations

# Of whom, of which kind of unit (empty: every kind), what.
ASKED = (
    ("lead", "", "licence"),
    ("lead", "", "statements"),
    ("lead", "enterprise", "rd_statement"),
    ("lead", "", "commitment"),
    ("member", "", "licence"),
)


def ask(apps, schema_editor):
    required = apps.get_model("filings", "RequiredDocument").objects
    for policy in apps.get_model("filings", "Policy").objects.all():
        for party, unit_kind, kind in ASKED:
            required.get_or_create(policy=policy, party=party, unit_kind=unit_kind, kind=kind)


class Migration(migrations.Migration):
    dependencies = [("filings", "0002_policy")]

    operations = [
        migrations.RemoveField(model_name="upload", name="kind"),
        migrations.RemoveField(model_name="upload", name="member"),
        migrations.RemoveField(model_name="upload", name="replaces"),
        migrations.RunPython(ask, migrations.RunPython.noop),
    ]
