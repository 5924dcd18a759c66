"""The demonstration fills the pages that a first look opens, the seldom ones too."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from filings.models import CreditCase
from notices.models import Delivery
from reviews.models import ExpertRound
from tests.people import as_

pytestmark = pytest.mark.django_db


def test_it_shows_scores_papers_a_daily_e_mail_and_a_dead_letter():
    call_command("demo", consortia=30, stdout=io.StringIO())
    people = User.objects.in_bulk(field_name="username")
    found = ExpertRound.objects.get()
    page = as_(people["reviewer"]).get(f"/admin/reviews/expertround/{found.pk}/change/")
    assert page.context["results"].summary.count == 2
    assert "子演示" in page.text
    case = CreditCase.objects.get()
    page = as_(people["auditor"]).get(f"/admin/filings/creditcase/{case.pk}/change/")
    assert all(name in page.text for name in ("审计报告.pdf", "情况说明.pdf"))
    paper = reverse("reviews:file", args=[case.pk, case.files.first().pk])
    assert as_(people["auditor"]).get(paper).getvalue().startswith(b"%PDF")
    daily = Delivery.objects.filter(status="bundled", message__recipient=people["member"])
    assert {row.digest.kind for row in daily} == {"digest"}
    admin = as_(people["admin"])
    assert "mailbox full" in admin.get("/admin/notices/delivery/?status__exact=failed").text
    with pytest.raises(CommandError):
        call_command("demo", consortia=30)
