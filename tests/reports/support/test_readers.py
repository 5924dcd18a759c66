"""A reader of the unit that asks reads its requests, and changes nothing of them."""

import pytest
from django.urls import reverse

from reports.models import SupportEvent, SupportFile, SupportRequest
from reports.support import urls
from reports.support.kinds import Kind
from reports.support.states import Status
from tests.factories import pdf_upload
from tests.people import as_
from tests.reports.support.factories import paper_for, request_of

pytestmark = pytest.mark.django_db

CHANGING = {
    "new": ("draft", {"kind": "task"}),
    "edit": ("draft", {"title": "改"}),
    "submit": ("draft", {"truth": "1"}),
    "withdraw": ("submitted", {}),
    "consent": ("recommended", {"given": "no"}),
    "file_add": ("draft", {}),
    "file_remove": ("draft", {}),
}
READING = {"mine", "detail", "file", "pdf"}


def everything() -> list:
    models = (SupportRequest, SupportEvent, SupportFile)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_every_address_is_in_the_table():
    assert {pattern.name for pattern in urls.urlpatterns} == READING | set(CHANGING)


@pytest.mark.parametrize("name", CHANGING)
def test_no_page_of_a_request_lets_a_reader_change_it(name, lead_owner, lead_reader):
    status, data = CHANGING[name]
    found = request_of(lead_owner, kind=Kind.FINANCING, status=status)
    args = [found.pk]
    if name == "new":
        args, data = [found.consortium_id], data | {"unit": found.unit_id}
    if name == "file_add":
        data = {"upload": pdf_upload()}
    if name == "file_remove":
        args.append(paper_for(found, lead_owner).pk)
    before = everything()
    answer = as_(lead_reader).post(reverse(f"support:{name}", args=args), data)
    assert answer.status_code == (200 if name == "new" else 404)
    assert everything() == before


@pytest.mark.parametrize("status", Status)
def test_a_reader_reads_it_in_every_state(status, lead_owner, lead_reader):
    found = request_of(lead_owner, kind=Kind.FINANCING, status=status)
    client = as_(lead_reader)
    around = client.get(reverse("filings:guideline")).text.count('<form method="post"')
    page = client.get(reverse("support:detail", args=[found.pk]), headers={"Accept-Language": "en"})
    assert found.purpose in page.text
    assert "you are a reader" in page.text
    assert page.text.count('<form method="post"') == around
    assert found.title in client.get(reverse("support:mine")).text
    print_ = client.get(reverse("support:pdf", args=[found.pk]))
    assert print_.content.startswith(b"%PDF")
