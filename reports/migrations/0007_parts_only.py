import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_parts")]

    operations = [
        migrations.AlterField(
            model_name="reportproject",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="report_projects",
                to="accounts.unit",
                verbose_name="unit in charge",
            ),
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="doctors",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="engineers",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="funds_finance",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="funds_own",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="funds_public",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="funds_used",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="income",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="income_shared",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="masters",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="patents",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="rd_staff",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="standards",
        ),
        migrations.RemoveField(
            model_name="annualreport",
            name="team_size",
        ),
        migrations.RemoveField(
            model_name="milestoneprogress",
            name="note",
        ),
        migrations.RemoveField(
            model_name="reportproject",
            name="progress",
        ),
        migrations.RemoveField(
            model_name="reportproject",
            name="units",
        ),
    ]
