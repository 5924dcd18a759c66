"""An objection from the side of whoever makes it: a file, a receipt, an answer, and no names."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filings.models import Objection
from filings.operation import close_objection, receive_objection
from filings.states import Action, Status
from filings.transitions import Refused, perform
from notices.models import Message
from tests.factories import ConsortiumFactory, pdf_upload
from tests.filings.test_transitions import LATER
from tests.people import as_

pytestmark = pytest.mark.django_db

ENGLISH = {"Accept-Language": "en"}
GIVEN = {"objector": "异议人甲", "contact": "025-22222222", "text": "协议中的分工与事实不符。"}
STATE = "/public-notices/objections/"


@pytest.fixture
def published(db):
    return ConsortiumFactory(public_notice=True)


@pytest.fixture
def objection(published):
    return receive_objection(published, **GIVEN)


def object_to(consortium, **more):
    return Client().post(f"/public-notices/{consortium.pk}/", GIVEN | more)


def close(objection, decider, outcome):
    close_objection(objection, user=decider, answer="经核实的答复。", outcome=outcome)


def test_a_file_is_kept_for_the_officers_alone(published, decider, auditor, lead_owner, stranger):
    object_to(published, upload=pdf_upload("证据.pdf"))
    objection = Objection.objects.get()
    assert objection.original_name == "证据.pdf"
    assert "证据" not in objection.file.name
    address = f"/admin/filings/objection/{objection.pk}/file/"
    for officer in (decider, auditor):
        response = as_(officer).get(address)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert b"".join(response.streaming_content).startswith(b"%PDF-")
        assert address in as_(officer).get(address.replace("/file/", "/change/")).text
    assert address in as_(decider).get(address.replace("/file/", "/answer/")).text
    for other in (lead_owner, stranger):
        assert as_(other).get(address).status_code in (302, 404)
    assert Client().get(address).status_code == 302


def test_without_a_file_there_is_none_to_open(objection, decider):
    assert as_(decider).get(f"/admin/filings/objection/{objection.pk}/file/").status_code == 404


def test_an_unfit_file_is_told_at_its_field_and_nothing_typed_is_lost(published):
    page = object_to(published, upload=SimpleUploadedFile("x.pdf", b"MZ no paper"))
    assert list(page.context["form"].errors) == ["upload"]
    assert GIVEN["text"] in page.text
    assert not Objection.objects.exists()


def test_the_receipt_tells_neither_who_nor_what(objection):
    response = Client().get(f"{STATE}{objection.code}/")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert objection.consortium.name in response.text
    for private in GIVEN.values():
        assert private not in response.text


@pytest.mark.parametrize("outcome", ["upheld", "not_upheld"])
def test_the_objector_reads_the_answer_by_the_code(outcome, objection, decider):
    before = Client(headers=ENGLISH).get(f"{STATE}{objection.code}/").text
    assert "has not answered yet" in before
    close(objection, decider, outcome)
    after = Client().get(f"{STATE}{objection.code}/").text
    assert "经核实的答复。" in after
    assert str(objection.get_outcome_display()) in after
    assert str(decider) not in after


def test_an_answer_is_told_to_nobody_else(objection, decider):
    told = Message.objects.count()
    close(objection, decider, "not_upheld")
    assert Message.objects.count() == told


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "bare"])
def test_a_code_is_found_however_it_is_typed(typed, objection):
    code = objection.code
    given = {"lower": code.lower(), "bare": code.replace("-", "")}.get(typed) or typed.format(code)
    response = Client().get(STATE, {"code": given})
    assert response.headers["Location"] == f"{STATE}{code}/"


def test_a_wrong_code_is_given_back(objection):
    page = Client().get(STATE, {"code": "no-code"})
    assert "no-code" in page.text
    assert "errorlist" in page.text
    assert Client().get(f"{STATE}AAAA-BBBB-CCCC/").status_code == 404


def test_guessing_codes_is_braked(objection, settings):
    settings.ACCOUNT_RATE_LIMITS = {"objection_state": "2/m/ip"}
    pages = [Client().get(f"{STATE}AAAA-BBBB-CCC{n}/").status_code for n in range(3)]
    assert pages == [404, 404, 429]


def test_codes_are_not_guessable():
    codes = {objection_code() for _try in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 14 and not set(code) & set("01OIL") for code in codes)


def objection_code() -> str:
    return Objection().code


def test_what_was_objected_to_with_reason_can_only_be_rejected(objection, decider, decider2):
    filing = objection.consortium
    close(objection, decider, "upheld")
    later = filing.notice_ends_on + LATER
    with pytest.raises(Refused, match=r"upheld|成立|reject"):
        perform(filing.pk, Action.FILE, actor=decider2, on=later)
    perform(filing.pk, Action.REJECT, actor=decider2, reason="异议成立。", clause="3.1", on=later)
    filing.refresh_from_db()
    assert filing.status == Status.REJECTED


def test_what_was_not_upheld_hinders_nothing(objection, decider):
    filing = objection.consortium
    close(objection, decider, "not_upheld")
    perform(filing.pk, Action.FILE, actor=decider, on=filing.notice_ends_on + LATER)


def test_an_outcome_must_be_said(objection, decider):
    with pytest.raises(Refused):
        close(objection, decider, "")
    address = f"/admin/filings/objection/{objection.pk}/answer/"
    page = as_(decider).post(address, {"text": "答复"})
    assert page.context["form"].errors["outcome"]
    assert "答复" in page.text
