"""A unit's new name: proven, noted, then current everywhere, while what was filed keeps the old."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings.confirmation import answer_of, digest_of
from filings.models import Member, Renaming
from filings.refusals import Conflict
from filings.renaming import note_renaming, return_renaming
from notices.models import Message
from tests.changes import renaming_of
from tests.factories import ConsortiumFactory, pdf_upload, staff
from tests.people import as_

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 2)
OLD, NEW = "南京示例星火智能装备有限公司", "南京示例新名智能装备有限公司"


@pytest.fixture(autouse=True)
def during_the_term():
    with time_machine.travel("2027-06-01T09:00:00+08:00", tick=False) as clock:
        yield clock


@pytest.fixture
def consortium(lead_owner):
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(active=True, lead_unit=unit, created_by=lead_owner, on=FILED_ON)


def url(user) -> str:
    return reverse("filings:renaming_add", args=[user.memberships.get().unit_id])


def data(**fields) -> dict:
    given = {"new_name": NEW, "renamed_on": "2027-05-20", "upload": pdf_upload("变更证明.pdf")}
    return given | fields


def test_a_new_name_is_reported_with_its_document_and_noted(consortium, lead_owner, reviewer):
    answer = as_(lead_owner).post(url(lead_owner), data())
    renaming = Renaming.objects.get()
    assert answer.url == reverse("filings:renaming", args=[renaming.pk])
    consortium.lead_unit.refresh_from_db()
    assert consortium.lead_unit.name == OLD
    assert Message.objects.filter(recipient=reviewer, kind="renaming_reported").exists()
    client = as_(reviewer)
    page = f"/admin/filings/renaming/{renaming.pk}/"
    assert b"".join(client.get(f"{page}file/").streaming_content).startswith(b"%PDF")
    client.post(f"{page}note/")
    consortium.lead_unit.refresh_from_db()
    assert consortium.lead_unit.name == NEW
    assert consortium.events.last().action == "renamed"
    assert Message.objects.filter(recipient=lead_owner, kind="renaming_noted").exists()


def test_what_was_filed_keeps_the_name_and_the_register_tells_both(
    consortium, lead_owner, reviewer, client
):
    uscc = consortium.lead_unit.uscc
    note_renaming(renaming_of(lead_owner, renamed_on=date(2027, 5, 20)), user=reviewer)
    consortium.refresh_from_db()
    assert consortium.submissions.last().content["lead"]["unit"] == OLD
    entry = reverse("filings:register_entry", args=[consortium.filing_number])
    today = client.get(entry)
    assert today.context["consortium"].lead_unit.name == NEW
    assert OLD in today.text
    assert "2027年5月20日" in today.text
    before = client.get(entry, {"as_of": "2027-05-19"})
    assert before.context["consortium"].lead_unit.name == OLD
    assert uscc in before.text
    notice = reverse("filings:public_notice", args=[consortium.pk])
    assert client.get(notice).context["consortium"].lead_unit.name == OLD


def test_a_member_keeps_what_it_confirmed_under_its_new_name(member_user, reviewer):
    draft = ConsortiumFactory(complete=True)
    member, unit = draft.members.first(), member_user.memberships.get().unit
    Member.objects.filter(pk=member.pk).update(unit=unit, name=unit.name)
    member.refresh_from_db()
    member.confirmed_digest = digest_of(member)
    member.save()
    note_renaming(renaming_of(member_user), user=reviewer)
    member.refresh_from_db()
    assert member.name == NEW
    assert answer_of(member) == "confirmed"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("new_name", ""), ("new_name", OLD), ("renamed_on", "2027-06-02"), ("renamed_on", ""),
     ("upload", ""), ("upload", "exe")],
)  # fmt: skip
def test_it_needs_another_name_a_past_day_and_a_pdf(field, typed, lead_owner):
    if typed == "exe":
        typed = SimpleUploadedFile("变更证明.pdf", b"MZ not a pdf")
    page = as_(lead_owner).post(url(lead_owner), data(**{field: typed}))
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert not Renaming.objects.exists()


def test_one_at_a_time_and_each_is_answered_once(lead_owner, reviewer):
    renaming = renaming_of(lead_owner)
    page = as_(lead_owner).post(url(lead_owner), data(new_name="别的名称"))
    assert page.context["form"].non_field_errors()
    return_renaming(renaming, user=reviewer, reason="证明不清晰。")
    with pytest.raises(Conflict, match=str(reviewer)):
        note_renaming(renaming, user=staff("reviewer"))
    text = as_(lead_owner).get(reverse("filings:renaming", args=[renaming.pk])).text
    assert "证明不清晰。" in text
    assert as_(lead_owner).post(url(lead_owner), data()).status_code == 302


@pytest.mark.parametrize("cast", ["lead_reader", "member_user", "stranger", "reviewer"])
def test_only_who_acts_for_the_unit_reports_it(cast, lead_owner, request):
    client = as_(request.getfixturevalue(cast))
    assert client.post(url(lead_owner), data()).status_code == 404
    assert not Renaming.objects.exists()


def test_names_are_noted_in_the_order_of_their_days(lead_owner, reviewer):
    note_renaming(renaming_of(lead_owner, renamed_on=date(2027, 5, 20)), user=reviewer)
    page = as_(lead_owner).post(url(lead_owner), data(new_name="第三名称", renamed_on="2027-05-19"))
    assert page.context["form"].errors.keys() == {"renamed_on"}
