"""Two at once, for real: threads with connections of their own, on PostgreSQL and on SQLite."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from filings.models import Consortium, Event, Submission
from notices.models import Message
from tests.factories import ConsortiumFactory, UnitFactory
from tests.people import as_
from tests.sent import signed, untouched

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


def all_at_once(*works):
    """The answers of `works`, each in a thread of its own, begun at the same moment."""
    gate = Barrier(len(works))

    def run(work):
        gate.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_the_last_button_pressed_four_times_at_once_files_once(consortium, lead_owner):
    url = reverse("filings:submit", args=[consortium.pk])
    clients = [as_(lead_owner) for _press in range(4)]
    data = signed(clients[0], consortium)
    answers = all_at_once(*(lambda c=client: c.post(url, data) for client in clients))
    receipt = reverse("filings:submission", args=[consortium.pk, 1])
    assert [(a.status_code, a.url) for a in answers] == [(302, receipt)] * 4
    assert Submission.objects.count() == 1
    assert Event.objects.filter(action="submit").count() == 1
    assert Message.objects.filter(recipient=lead_owner, kind="filing_submit").count() == 1


def test_two_tabs_that_save_one_field_at_once_lose_nothing(consortium, lead_owner):
    url = reverse("filings:step", args=[consortium.pk, "sharing"])
    tabs = [as_(lead_owner) for _tab in range(2)]
    seen = untouched(tabs[0].get(url).context["form"])
    texts = ["甲标签页的文字", "乙标签页的文字"]

    def save(tab, text):
        data = seen | {"results_sharing": text, "autosave": "1"}
        return tab.post(url, data, headers={"HX-Request": "true"})

    answers = all_at_once(*(lambda t=t, x=x: save(t, x) for t, x in zip(tabs, texts, strict=True)))
    stored = Consortium.objects.get().results_sharing
    assert stored in texts
    # Whoever was second is shown the first one's text and chooses.
    asked = [answer.text for answer in answers if "choice-results_sharing" in answer.text]
    assert len(asked) == 1
    assert f"<blockquote>{stored}" in asked[0]
    assert Consortium.objects.get().version == consortium.version + 1


def test_two_tabs_that_save_different_fields_at_once_both_go_through(consortium, lead_owner):
    url = reverse("filings:step", args=[consortium.pk, "sharing"])
    tabs = [as_(lead_owner) for _tab in range(2)]
    seen = untouched(tabs[0].get(url).context["form"])
    names = ["results_sharing", "income_sharing"]

    def save(tab, name):
        data = seen | {name: f"新的{name}", "autosave": "1"}
        return tab.post(url, data, headers={"HX-Request": "true"})

    answers = all_at_once(*(lambda t=t, n=n: save(t, n) for t, n in zip(tabs, names, strict=True)))
    assert [answer for answer in answers if "choice-" in answer.text] == []
    stored = Consortium.objects.get()
    assert [getattr(stored, name) for name in names] == [f"新的{name}" for name in names]


def test_a_save_and_a_submission_at_once_sign_nothing_unseen(consortium, lead_owner):
    step = reverse("filings:step", args=[consortium.pk, "sharing"])
    url = reverse("filings:submit", args=[consortium.pk])
    writer, signer = as_(lead_owner), as_(lead_owner)
    data = untouched(writer.get(step).context["form"]) | {"results_sharing": "新的分配办法" * 20}
    statement = signed(signer, consortium)
    answers = all_at_once(lambda: writer.post(step, data), lambda: signer.post(url, statement))
    assert {answer.status_code for answer in answers} <= {200, 302}
    for submission in Submission.objects.all():
        assert submission.digest == statement["digest"]
        assert Consortium.objects.get().results_sharing == consortium.results_sharing


def test_one_unit_added_in_two_tabs_at_once_is_a_member_once(consortium, lead_owner):
    url = reverse("filings:member_add", args=[consortium.pk])
    unit = UnitFactory()
    data = {
        "uscc": unit.uscc, "name": unit.name, "kind": "enterprise", "place": "320115",
        "contact_name": "甲", "contact_email": "a@example.com",
    }  # fmt: skip
    tabs = [as_(lead_owner) for _tab in range(2)]
    answers = all_at_once(*(lambda t=tab: t.post(url, data) for tab in tabs))
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert consortium.members.filter(unit=unit).count() == 1


def test_a_row_removed_while_it_is_written_in_is_told(consortium, lead_owner):
    member = consortium.members.first()
    edit = reverse("filings:member_edit", args=[consortium.pk, member.pk])
    remove = reverse("filings:member_delete", args=[consortium.pk, member.pk])
    writer, remover = as_(lead_owner), as_(lead_owner)
    data = untouched(writer.get(edit).context["form"]) | {"team": "写了很久"}
    answers = all_at_once(lambda: writer.post(edit, data), lambda: remover.post(remove))
    assert {answer.status_code for answer in answers} <= {302, 404}
    assert not consortium.members.filter(pk=member.pk).exists()
