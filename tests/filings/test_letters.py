"""Letters of the bureau: what each says, its number, who gets it, and that it never changes."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from filings.guideline import cited, grounds
from filings.letters import pdf_of
from filings.models import Letter, Policy
from filings.states import Action
from filings.transitions import Refused, perform
from tests.factories import ConsortiumFactory
from tests.filings.test_certificate import text_of
from tests.filings.test_pdf import fonts_of
from tests.people import as_

pytestmark = pytest.mark.django_db

REASON = "攻关方向未聚焦急需突破的技术瓶颈。"


def of(state: str, lead_owner=None) -> Letter:
    """The last letter on a filing that was brought to `state`."""
    owned = {}
    if lead_owner:
        owned = {"lead_unit": lead_owner.memberships.get().unit, "created_by": lead_owner}
    return ConsortiumFactory(**{state: True}, **owned).letters.first()


def rejected(decider, clause="3.1") -> Letter:
    filing = ConsortiumFactory(recommended=True)
    perform(filing.pk, Action.REJECT, actor=decider, reason=REASON, clause=clause)
    return filing.letters.get()


def address(letter) -> str:
    return f"/filings/{letter.consortium_id}/letters/{letter.pk}.pdf"


def test_a_rejection_says_clause_reason_and_the_way_to_object(decider):
    letter = rejected(decider, clause="3.5")
    text = text_of(pdf_of(letter))
    said = [letter.number, letter.addressee, letter.subject, REASON, "第三部分第（五）项"]
    for words in (*said, Policy.objects.in_force().remedy):
        assert words in text
    with translation.override("zh-hans"):
        assert date_format(letter.issued_on) in text


def test_the_way_to_object_is_the_policys_of_the_day(decider):
    Policy.objects.update(remedy="请向示例机构提出。")
    letter = rejected(decider)
    Policy.objects.update(remedy="以后的说法。")
    assert "请向示例机构提出。" in text_of(pdf_of(letter))


def test_a_filing_says_number_and_term():
    letter = of("active")
    text = text_of(pdf_of(letter))
    for said in (letter.number, letter.consortium.filing_number, letter.subject, letter.addressee):
        assert said in text
    assert letter.number != letter.consortium.filing_number


def test_a_return_lists_every_point_and_the_last_day():
    letter = of("returned")
    assert len(letter.points) == 1
    text = text_of(pdf_of(letter))
    assert letter.points[0][1] in text
    with translation.override("zh-hans"):
        assert date_format(letter.due_on) in text


def test_a_cancelled_return_takes_its_letter_back(intake):
    letter = of("returned")
    perform(letter.consortium_id, Action.RECALL, actor=intake, reason="退回有误。")
    letter.refresh_from_db()
    assert letter.withdrawn_at
    with translation.override("zh-hans"):
        assert date_format(timezone.localdate(letter.withdrawn_at)) in text_of(pdf_of(letter))


@pytest.mark.parametrize("state", ["active", "rejected", "returned"])
def test_it_is_tagged_embedded_and_of_one_page(state):
    data = pdf_of(of(state))
    assert b"/StructTreeRoot" in data or b"/ObjStm" in data
    fonts = fonts_of(data)
    assert fonts
    assert all(embedded for _name, embedded in fonts)


def test_numbers_are_gapless_within_a_year(decider):
    filing = ConsortiumFactory(recommended=True)
    first = rejected(decider)
    with pytest.raises(Refused):
        perform(filing.pk, Action.REJECT, actor=decider, reason=REASON, clause="9.9")
    second = rejected(decider)
    assert second.serial == first.serial + 1
    assert second.number == f"宁创联函〔{second.year}〕{second.serial}号"


def test_a_name_that_changes_later_changes_no_letter(decider):
    letter = rejected(decider)
    before = letter.addressee
    unit = letter.consortium.lead_unit
    unit.name = "南京示例更名有限公司"
    unit.save()
    letter.refresh_from_db()
    assert letter.addressee == before
    assert before in text_of(pdf_of(letter))


@pytest.mark.parametrize("change", [{"reason": "另一种说法"}, {"number": "x"}, {"clause": "3.2"}])
def test_the_database_refuses_to_alter_it(change, decider):
    letter = rejected(decider)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).delete()


@pytest.mark.parametrize("clause", [None, "", "9.9", "5.2"])
def test_a_rejection_without_a_clause_of_the_guideline_is_refused(clause, decider):
    filing = ConsortiumFactory(recommended=True)
    with pytest.raises(Refused):
        perform(filing.pk, Action.REJECT, actor=decider, reason=REASON, clause=clause)
    assert not filing.letters.exists()


def test_the_grounds_are_the_clauses_that_a_filing_can_fail():
    assert list(grounds()) == ["1", "2", "3.1", "3.2", "3.3", "3.4", "3.5", "5.1", "5.3"]
    assert [cited("1"), cited("3.5")] == ["第一部分", "第三部分第（五）项"]


def test_the_lead_unit_and_the_officers_get_it(lead_owner, auditor, decider):
    letter = of("rejected", lead_owner)
    for user in (lead_owner, auditor, decider):
        response = as_(user).get(address(letter))
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("attachment")
    assert address(letter) in as_(lead_owner).get(f"/filings/{letter.consortium_id}/").text
    desk = f"/admin/filings/consortium/{letter.consortium_id}/change/"
    assert address(letter) in as_(decider).get(f"{desk}?tab=history").text


def test_nobody_else_gets_it(lead_owner, lead2_owner, stranger):
    letter, other = of("active", lead_owner), of("active", lead_owner)
    member = letter.consortium.members.first().unit
    member.memberships.create(user=stranger, role="owner")
    for user in (lead2_owner, stranger):
        assert as_(user).get(address(letter)).status_code == 404
    foreign = f"/filings/{letter.consortium_id}/letters/{other.pk}.pdf"
    assert as_(lead_owner).get(foreign).status_code == 404


def test_the_lead_unit_is_told_clause_and_reason(lead_owner, decider):
    letter = of("recommended", lead_owner)
    assert letter is None
    filing = lead_owner.memberships.get().unit.led_consortia.get()
    perform(filing.pk, Action.REJECT, actor=decider, reason=REASON, clause="3.4")
    event = filing.events.last()
    assert (event.reason, event.data["clause"]) == (REASON, "3.4")
    body = lead_owner.messages.filter(kind="filing_reject").get().body
    assert REASON in body
    assert "3.4" in body
    page = as_(lead_owner).get(f"/filings/{filing.pk}/").text
    assert REASON in page
