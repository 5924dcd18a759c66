"""What the people of a unit do to its request, and what the bureau does beside the moves."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from filings import kept
from filings.attachments import taken_in
from filings.merging import Merge, Seen, merge
from filings.models import Consortium
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.snapshot import plain
from reports.models import SupportFile, SupportRequest
from reports.support.eligibility import before
from reports.support.notifications import announce_shared
from reports.support.permissions import may_begin, may_consent, may_share
from reports.support.states import Entry
from reports.support.transitions import locked, record

MOST_FILES = 20


@transaction.atomic
def begin(*, user, consortium: Consortium, unit: Unit, kind: str) -> SupportRequest:
    """Begin a request of `unit`. Raises NotPermitted for who may not ask for it, Refused when
    state or record stand in the way already."""
    answer = may_begin(user, consortium, unit, kind)
    if not answer:
        raise NotPermitted(answer.reason)
    hindered = [found for found in before(consortium, unit, kind) if found.level == "block"]
    if hindered:
        raise Refused(hindered[0].message)
    return SupportRequest.objects.create(
        consortium=consortium,
        unit=unit,
        kind=kind,
        year=timezone.localdate().year,
        created_by=user,
        saved_by=user,
    )


def _editable(request_id: int, user) -> SupportRequest:
    """The request, locked. Raises NotPermitted when it is not the user's to edit now."""
    request = locked(request_id)
    answer = acts_for_unit(user, request.unit_id)
    if not answer:
        raise NotPermitted(answer.reason)
    if not request.is_editable:
        raise NotPermitted(_("It has been submitted and can't be edited now."))
    return request


def _count_save(request: SupportRequest, user) -> None:
    request.version += 1
    request.saved_by = user
    request.save()


@transaction.atomic
def save_request(
    request_id: int, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[SupportRequest, Merge]:
    """Write fields of a request, merged with what others saved since the form was shown; `members`
    are the ids of those that take part. A consent is dated. Raises as `_editable`."""
    request = _editable(request_id, user)
    theirs = {name: plain(value) for name, value in kept.stored(request, fields).items()}
    mine = {name: plain(value) for name, value in fields.items()}
    found = merge(Seen(theirs) if seen is None else seen, mine, theirs, choices)
    for name in found.write - {"members"}:
        setattr(request, name, fields[name])
    if "members" in found.write:
        request.members.set(fields["members"])
    if "consent" in found.write:
        _date_consent(request, user)
    if found.write:
        _count_save(request, user)
    return request, found


def _date_consent(request: SupportRequest, user) -> None:
    given = request.consent
    request.consented_at = timezone.now() if given else None
    request.consented_by = user if given else None


@transaction.atomic
def set_consent(request_id: int, *, user, given: bool) -> SupportRequest:
    """Give the consent to pass a financing need on, or take it back: also after it was sent."""
    request = locked(request_id)
    answer = may_consent(user, request)
    if not answer:
        raise NotPermitted(answer.reason)
    if request.consent != given:
        request.consent = given
        _date_consent(request, user)
        _count_save(request, user)
        record(request, Entry.CONSENTED if given else Entry.REVOKED, user)
    return request


def add_file(request_id: int, *, user, upload) -> SupportFile:
    """Attach a PDF. Raises ValidationError for an unfit one, and as `_editable`."""
    with taken_in(upload, SupportFile) as file:
        request = _editable(request_id, user)
        if request.files.filter(removed_at__isnull=True).count() >= MOST_FILES:
            raise Refused(_("At most %(most)s files.") % {"most": MOST_FILES})
        file.request, file.uploaded_by = request, user
        file.save()
        _count_save(request, user)
        return file


@transaction.atomic
def remove_file(file: SupportFile, *, user) -> None:
    """Take a paper out; it stays for the submissions that showed it."""
    request = _editable(file.request_id, user)
    taken = request.files.filter(pk=file.pk, removed_at__isnull=True)
    if not taken.update(removed_at=timezone.now()):
        raise Conflict(_("Somebody else has just replaced or removed this document."))
    _count_save(request, user)


@transaction.atomic
def share(requests, *, user, institution: str) -> list[SupportRequest]:
    """Pass financing needs on to an institution (clause 4.3): those that were approved and whose
    units consent now. Each unit is told, and each history names the institution.

    Raises NotPermitted, and Refused when there is nothing to pass on.
    """
    if not may_share(user):
        raise NotPermitted(_("Only reviewing and deciding officers pass needs on."))
    name = institution.strip()
    if not name:
        raise Refused(_("Name the institution first: the units are told who it is."))
    shared = [locked(pk) for pk in requests.to_share().order_by("pk").values_list("pk", flat=True)]
    # A consent may have been taken back between the look and the lock.
    shared = [request for request in shared if request.consent]
    if not shared:
        raise Refused(_("None of these may be passed on: approved, and with the unit's consent."))
    for request in shared:
        announce_shared(record(request, Entry.SHARED, user, name))
    return shared
