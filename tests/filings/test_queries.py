"""No step of the wizard takes more than twelve queries, however many rows the filing has."""

import pytest
from django.urls import reverse

from filings.models import KeyTask, Milestone
from filings.sections import Section
from tests.factories import TEXT, ConsortiumFactory, DocumentFactory, MemberFactory, comment_on
from tests.filings.test_views_wizard import MOST_QUERIES, queries_of
from tests.people import as_
from tests.sent import untouched

pytestmark = pytest.mark.django_db

PAGES = [*Section.values, "check", "member", "task"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def consortium(lead_owner):
    """A returned filing with many rows of every kind, and comments all over it."""
    unit = lead_owner.memberships.get().unit
    made = ConsortiumFactory(returned=True, lead_unit=unit, created_by=lead_owner)
    members = [MemberFactory(consortium=made, order=n, confirmation="pending") for n in range(12)]
    for number in range(12):
        task = KeyTask.objects.create(consortium=made, title=f"任务{number}", goal=TEXT)
        task.members.set(members[:3])
        Milestone.objects.bulk_create(
            Milestone(task=task, month=month, title="节点") for month in (6, 12, 18)
        )
        DocumentFactory(consortium=made, member=members[number])
    for section in ("lead", "members", "tasks", "sharing"):
        comment = comment_on(made, section, "")
        comment.sent_at = comment.created_at
        comment.save()
    return made


def address(consortium, page: str) -> str:
    if page in ("member", "task"):
        row = getattr(consortium, f"{page}s").first()
        return reverse(f"filings:{page}_edit", args=[consortium.pk, row.pk])
    if page == "check":
        return reverse("filings:check", args=[consortium.pk])
    return reverse("filings:step", args=[consortium.pk, page])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_wizard_with_many_rows(page, consortium, lead_owner):
    client = as_(lead_owner)
    url = address(consortium, page)
    client.get(url)
    asked = queries_of(lambda: client.get(url))
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)


@pytest.mark.parametrize("page", ["lead", "focus", "governance", "sharing", "agreement"])
def test_a_step_that_saves_itself_with_many_rows(page, consortium, lead_owner):
    client = as_(lead_owner)
    url = address(consortium, page)
    typed = {"standing": "甲", "goals": "乙", "mechanism": "丙", "results_sharing": "丁"}
    data = untouched(client.get(url).context["form"]) | typed | {"term_months": "24"}
    saved = queries_of(lambda: client.post(url, data | {"autosave": "1"}, headers=HTMX))
    assert any("UPDATE" in sql for sql in saved)
    assert len(saved) <= MOST_QUERIES, "\n".join(saved)


@pytest.mark.parametrize(("page", "typed"), [("member", {"team": "甲"}), ("task", {"goal": "乙"})])
def test_a_row_that_saves_itself(page, typed, consortium, lead_owner):
    client = as_(lead_owner)
    url = address(consortium, page)
    form = client.get(url).context["form"]
    data = untouched(form, getattr(form, "milestones", None)) | typed | {"autosave": "1"}
    saved = queries_of(lambda: client.post(url, data, headers=HTMX))
    assert any("UPDATE" in sql for sql in saved)
    assert len(saved) <= MOST_QUERIES, "\n".join(saved)
