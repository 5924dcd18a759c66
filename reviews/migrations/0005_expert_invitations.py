from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0004_names"),
    ]

    operations = [
        migrations.RenameModel("Invitation", "ExpertInvitation"),
    ]
