"""Every address of the portal for every kind of visitor. An address without a row here fails."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from filings.models import Comment, Confirmation, Document, Member
from notices.models import Message
from tests.casework import paper_of
from tests.expertise import asked, expert, policy_of_experts
from tests.factories import ConsortiumFactory, upheld_case
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

CAST = ("anonymous", "lead_owner", "lead2_owner", "member_user", "stranger", "auditor")
NAMESPACES = ("filings", "reports", "notices", "accounts", "reviews", "experts")
SIGN_IN, NOT_YOURS = "sign in", 404


@dataclass(frozen=True)
class Row:
    """Who may open an address. Those left out get 404, and visitors the sign-in page."""

    may: tuple[str, ...]
    args: tuple[str, ...] = ()
    of: str = "draft"
    method: str = "get"

    def expects(self, cast: str):
        if cast in self.may:
            return "answer"
        return SIGN_IN if cast == "anonymous" else NOT_YOURS


ALL = CAST
SIGNED_IN = CAST[1:]
LEAD = ("lead_owner",)
UNITS = ("lead_owner", "member_user")
READERS = (*UNITS, "auditor")

TABLE = {
    "filings:mine": Row(SIGNED_IN, of=""),
    "filings:new": Row(SIGNED_IN, of=""),
    "filings:confirm": Row(("member_user",), ("token",), of=""),
    "filings:detail": Row(UNITS),
    "filings:check": Row(LEAD),
    "filings:submit": Row(LEAD, method="post"),
    "filings:withdraw": Row(LEAD, method="post"),
    "filings:justification": Row(LEAD, method="post"),
    "filings:answer": Row(LEAD, ("comment",), of="returned", method="post"),
    "filings:member_add": Row(LEAD),
    "filings:invite": Row(LEAD, method="post"),
    "filings:member_edit": Row(LEAD, ("member",)),
    "filings:member_move": Row(LEAD, ("member",), method="post"),
    "filings:member_delete": Row(LEAD, ("member",)),
    "filings:task_add": Row(LEAD),
    "filings:task_edit": Row(LEAD, ("task",)),
    "filings:task_move": Row(LEAD, ("task",), method="post"),
    "filings:task_delete": Row(LEAD, ("task",)),
    "filings:document_add": Row(LEAD, method="post"),
    "filings:document": Row(LEAD, ("document",)),
    "filings:document_delete": Row(LEAD, ("document",), method="post"),
    "filings:step": Row(LEAD, ("section",)),
    "filings:change_add": Row(LEAD, of="active"),
    "filings:certificate": Row(READERS, of="active"),
    "filings:register": Row(ALL, of=""),
    "filings:register_entry": Row(ALL, ("number",), of=""),
    "filings:verify_form": Row(ALL, of=""),
    "filings:verify": Row(ALL, ("code",), of=""),
    "filings:public_notices": Row(ALL, of=""),
    "filings:public_notice": Row(ALL, of="public_notice"),
    "filings:guideline": Row(ALL, of=""),
    "reports:mine": Row(SIGNED_IN, of=""),
    "reports:detail": Row(LEAD, of="report"),
    "reports:part": Row(LEAD, ("part",), of="report"),
    "reports:pdf": Row(LEAD, of="report"),
    "reports:submit": Row(LEAD, of="report", method="post"),
    "reports:withdraw": Row(LEAD, of="report", method="post"),
    "reports:justification": Row(LEAD, of="report", method="post"),
    "notices:inbox": Row(SIGNED_IN, of=""),
    "notices:read_all": Row(SIGNED_IN, of="", method="post"),
    "notices:message": Row(LEAD, of="message"),
    "accounts:unit": Row(SIGNED_IN, of=""),
    "accounts:unit_edit": Row(LEAD, of="unit"),
    "accounts:person_add": Row(LEAD, of="unit"),
    "accounts:person_remove": Row(LEAD, ("membership",), of="unit"),
    "accounts:signup": Row(ALL, of=""),
    "accounts:me": Row(SIGNED_IN, of=""),
    "reviews:cases": Row(SIGNED_IN, of=""),
    "reviews:case": Row(LEAD, of="case"),
    "experts:page": Row(ALL, ("expert",), of="expert"),
    "reviews:file": Row(("lead_owner", "auditor"), ("paper",), of="case"),
}


def addresses() -> set[str]:
    """The names that the URL resolver knows in the portal's own namespaces."""
    spaces = get_resolver().namespace_dict
    return {
        f"{space}:{pattern.name}"
        for space in NAMESPACES
        for pattern in spaces[space][1].url_patterns
        if isinstance(pattern, URLPattern)
    }


def test_every_address_has_a_row():
    assert addresses() == set(TABLE)


@pytest.fixture
def place(lead_owner, member_user):
    """Makes what a row is about, led by `lead_owner`, with `member_user` in it; gives its URL."""
    lead, unit = lead_owner.memberships.get().unit, member_user.memberships.get().unit

    def consortium(state: str):
        made = ConsortiumFactory(**{state: True}, lead_unit=lead, created_by=lead_owner)
        Member.objects.filter(pk=made.members.first().pk).update(unit=unit)
        return made

    def at(name: str, row: Row) -> str:
        if row.of == "report":
            return reverse(name, args=[report_of(lead_owner).pk, *(["plan"] if row.args else [])])
        if row.of == "message":
            return reverse(name, args=[Message.objects.create(recipient=lead_owner, key="k").pk])
        if row.of == "unit":
            own = [lead_owner.memberships.get().pk] if row.args else []
            return reverse(name, args=[lead.pk, *own])
        if row.of == "expert":
            policy_of_experts()
            return reverse(name, args=[asked(consortium("under_review"), expert())[0].expert.name])
        if row.of == "case":
            case = upheld_case(consortium("active"))
            return reverse(name, args=[case.pk, *([paper_of(case).pk] if row.args else [])])
        if not (row.of or row.args):
            return reverse(name)
        state = {"draft": "complete", "": "active"}.get(row.of, row.of)
        if row.args == ("token",):
            state = "complete"
        found = consortium(state)
        values = {
            "token": lambda: found.members.first().token,
            "comment": lambda: Comment.objects.get(consortium=found).pk,
            "member": lambda: found.members.first().pk,
            "task": lambda: found.tasks.get().pk,
            "document": lambda: Document.objects.get(consortium=found).pk,
            "section": lambda: "lead",
            "number": lambda: found.filing_number,
            "code": lambda: found.verification_code,
        }
        args = [values[word]() for word in row.args]
        return reverse(name, args=([found.pk] if row.of else []) + args)

    return at


@pytest.mark.parametrize("cast", CAST)
@pytest.mark.parametrize("name", TABLE)
def test_an_address_answers_those_it_is_for(name, cast, place, request):
    row = TABLE[name]
    url = place(name, row)
    client = Client() if cast == "anonymous" else as_(request.getfixturevalue(cast))
    answer = getattr(client, row.method)(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file read to its end is a file closed
    if answer.status_code == 302 and "/accounts/login/" in answer.url:
        got = SIGN_IN
    elif answer.status_code in (200, 302, 422):
        got = "answer"
    else:
        got = answer.status_code
    assert got == row.expects(cast)
    assert Member.objects.exclude(confirmation=Confirmation.CONFIRMED).count() == 0


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.method == "post"])
def test_what_changes_something_is_never_a_link(name, place, lead_owner):
    url = place(name, TABLE[name])
    before = Message.objects.count()
    answer = as_(lead_owner).get(url)
    assert answer.status_code == 405
    assert Message.objects.count() == before


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.method == "post"])
def test_what_changes_something_needs_the_token_of_its_page(name, place, lead_owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead_owner, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(place(name, TABLE[name])).status_code == 403
