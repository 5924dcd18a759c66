from django.utils import timezone

from accounts.audit.context import current
from accounts.models import AuditEntry


def record_read(subject: str, subject_id, **about) -> None:
    """Write down that whoever is at work reads the row `subject_id` of the table `subject`."""
    AuditEntry.objects.create(
        at=timezone.now(),
        operation=AuditEntry.Operation.READ,
        subject=subject,
        subject_id=subject_id,
        after=about or None,
        **current().as_dict(),
    )
