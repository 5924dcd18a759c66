import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# In the database itself: a ledger may be long, and every row of it had one e-mail.
COPY = """
INSERT INTO notices_delivery
    (message_id, channel, status, attempts, in_flight, doubts, due_at, sent_at, error)
SELECT id, 'email', email_status, email_attempts, FALSE, 0, COALESCE(email_due_at, created_at),
    email_sent_at, email_error
FROM notices_message
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail"), ("sms", "SMS")],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting to be sent"),
                            ("sent", "Sent"),
                            ("failed", "Given up"),
                            ("held", "Waiting for the daily e-mail"),
                            ("bundled", "In a daily e-mail"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("in_flight", models.BooleanField(default=False, verbose_name="being sent")),
                (
                    "doubts",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="attempts with unknown outcome"
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="next attempt")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="last error")),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bundled",
                        to="notices.message",
                        verbose_name="daily e-mail",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="notices.message",
                        verbose_name="message",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "pending")),
                        fields=["channel", "due_at"],
                        name="delivery_to_send",
                    ),
                    models.Index(
                        condition=models.Q(("status", "held")),
                        fields=["due_at"],
                        name="delivery_held",
                    ),
                    models.Index(
                        condition=models.Q(("status", "failed")),
                        fields=["-id"],
                        name="delivery_dead",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "channel"), name="delivery_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest__isnull", False), ("status", "bundled")),
                            models.Q(("status", "bundled"), _negated=True),
                            _connector="OR",
                        ),
                        name="delivery_bundled_in_a_digest",
                        violation_error_message="What is in a daily e-mail names it.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="message", name="message_to_send"),
        *[
            migrations.RemoveField(model_name="message", name=f"email_{name}")
            for name in ("attempts", "due_at", "error", "sent_at", "status")
        ],
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("decisions", "Decisions of the bureau"),
                            ("deadlines", "Reminders of due days"),
                            ("progress", "Progress of filings and reports"),
                            ("units", "Answers and requests between units"),
                            ("desk", "Work that waits at the bureau"),
                        ],
                        max_length=20,
                        verbose_name="group of messages",
                    ),
                ),
                (
                    "when",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "Together, in one e-mail each morning"),
                            ("inbox", "No e-mail: I read the inbox"),
                        ],
                        default="at_once",
                        max_length=10,
                        verbose_name="e-mails",
                    ),
                ),
                ("sms", models.BooleanField(default=False, verbose_name="urgent ones by SMS too")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preferences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "preference for messages",
                "verbose_name_plural": "preferences for messages",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "group"), name="preference_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", "decisions"), _negated=True),
                            ("when", "at_once"),
                            _connector="OR",
                        ),
                        name="preference_decisions_at_once",
                        violation_error_message="Decisions are always sent by e-mail at once.",
                    ),
                ],
            },
        ),
    ]
