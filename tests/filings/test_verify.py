"""The verification page: whether a certificate is real, and what holds today."""

import pytest
from django.test import Client

from tests.factories import FILED_ON, ConsortiumFactory

pytestmark = pytest.mark.django_db

ENGLISH = {"Accept-Language": "en"}
ANSWERS = {
    "active": ("message-success", "Valid"),
    "expired": ("message-warning", "Real, but no longer in force: the term is over"),
    "terminated": ("message-warning", "Real, but no longer in force: it was ended early"),
    "revoked": ("message-error", "Not in force"),
}


@pytest.mark.parametrize("status", ANSWERS)
def test_the_answer_says_what_holds(status):
    consortium = ConsortiumFactory(**{status: True}, on=FILED_ON, lead_revenue="777777.77")
    page = Client(headers=ENGLISH).get(f"/verify/{consortium.verification_code}/")
    tone, words = ANSWERS[status]
    assert page.status_code == 200
    assert tone in page.text
    assert words in page.text
    assert [w for t, w in ANSWERS.values() if w != words and w in page.text] == []
    for shown in (consortium.name, consortium.filing_number, consortium.lead_unit.name):
        assert shown in page.text
    assert "777777" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("code", ["nobody", "%00", "宁创联备", "a" * 5000, "'; drop table"])
def test_an_unknown_code_is_not_found_and_says_so(code):
    page = Client(headers=ENGLISH).get(f"/verify/{code}/")
    assert page.status_code == 404
    assert "No certificate has this code" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_code_is_compared_letter_by_letter(client):
    consortium = ConsortiumFactory(active=True, on=FILED_ON)
    assert client.get(f"/verify/{consortium.verification_code.swapcase()}/").status_code == 404


def test_a_filing_before_its_decision_has_no_code_to_verify(client):
    ConsortiumFactory(public_notice=True)
    assert client.get("/verify/None/").status_code == 404


def test_guessing_is_braked(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"verify": "3/m/ip"}
    code = ConsortiumFactory(active=True, on=FILED_ON).verification_code
    tries = [client.get(f"/verify/guess{n}/").status_code for n in range(4)]
    assert tries == [404, 404, 404, 429]
    page = client.get(f"/verify/{code}/", headers=ENGLISH)
    assert page.status_code == 429
    assert "Please wait" in page.text
    assert client.get(f"/verify/{code}/", REMOTE_ADDR="192.0.2.9").status_code == 200


def test_a_typed_code_leads_to_its_page(client):
    consortium = ConsortiumFactory(active=True, on=FILED_ON)
    code = consortium.verification_code
    for typed in (code, f" {code} ", f"{code[:4]} {code[4:]}", "".join(map(full_width, code))):
        response = client.get("/verify/", {"code": typed})
        assert response.headers["Location"] == f"/verify/{code}/"


def full_width(character: str) -> str:
    return chr(ord(character) + 0xFEE0)


@pytest.mark.parametrize("typed", ["a/b", "../admin", "编号", "a" * 33, "//example.com"])
def test_what_can_be_no_code_is_told_at_once(typed):
    page = Client(headers=ENGLISH).get("/verify/", {"code": typed})
    assert page.status_code == 200
    assert "A code consists of" in page.text


@pytest.mark.parametrize("query", [{}, {"code": ""}, {"code": " "}])
def test_the_form_waits_for_a_code(query):
    page = Client(headers=ENGLISH).get("/verify/", query)
    assert page.status_code == 200
    assert 'name="code"' in page.text


def test_only_reading_is_possible(client):
    assert client.post("/verify/", {"code": "x"}).status_code == 405
    assert client.post("/verify/x/").status_code == 405
