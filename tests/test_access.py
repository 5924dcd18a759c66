"""Every address of the portal for every kind of visitor. An address without a row here fails."""

from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts import feeds
from accounts.invitations import invite
from accounts.models import JoinRequest
from filings.models import Confirmation, Member
from notices.models import Message
from tests.casework import paper_of
from tests.elsewhere import elsewhere, made_in, parts_of
from tests.factories import upheld_case
from tests.people import as_

pytestmark = pytest.mark.django_db

CAST = ("anonymous", "lead_owner", "lead2_owner", "member_user", "stranger", "auditor")
NAMESPACES = ("agenda", "filings", "reports", "support", "notices", "accounts", "reviews", "experts")  # fmt: skip
SIGN_IN, NOT_YOURS = "sign in", 404


@dataclass(frozen=True)
class Row:
    """Who may open an address. Those left out get 404, and visitors the sign-in page."""

    may: tuple[str, ...]
    args: tuple[str, ...] = ()
    of: str = "draft"
    method: str = "get"
    data: dict = field(default_factory=dict)

    def expects(self, cast: str):
        if cast in self.may:
            return "answer"
        return SIGN_IN if cast == "anonymous" else NOT_YOURS


ALL = CAST
SIGNED_IN = CAST[1:]
# All who may belong to a unit: the bureau's people do not.
UNIT_PEOPLE = CAST[1:-1]
LEAD = ("lead_owner",)
UNITS = ("lead_owner", "member_user")
READERS = (*UNITS, "auditor")

TABLE = {
    "agenda:calendar": Row(SIGNED_IN, of=""),
    "agenda:address": Row(SIGNED_IN, of="", method="post"),
    "agenda:feed": Row(ALL, ("calendar",), of=""),
    "filings:mine": Row(SIGNED_IN, of=""),
    "filings:new": Row(SIGNED_IN, of=""),
    # Whoever holds the link reads which unit is asked, and how to get in; see test_confirmation.
    "filings:confirm": Row(UNIT_PEOPLE, ("token",), of=""),
    "filings:proof": Row(("member_user",), ("token",), of="", method="post"),
    "filings:detail": Row(UNITS),
    "filings:check": Row(LEAD),
    "filings:submit": Row(LEAD, method="post"),
    "filings:submission": Row(LEAD, ("submission",), of="submitted"),
    "filings:receipt": Row(LEAD, ("submission",), of="submitted"),
    "filings:withdraw": Row(LEAD, method="post"),
    "filings:justification": Row(LEAD, method="post", data={"rule": "academic_member"}),
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
    "filings:document_view": Row(LEAD, ("document",)),
    "filings:document_inline": Row(LEAD, ("document",)),
    "filings:uploads": Row(UNITS, method="post"),
    "filings:upload": Row(LEAD, ("upload",), method="head"),
    "filings:document_delete": Row(LEAD, ("document",), method="post"),
    "filings:step": Row(LEAD, ("section",)),
    "filings:from_json": Row(SIGNED_IN, of=""),
    "filings:pdf": Row(UNITS),
    "filings:json": Row(LEAD),
    "filings:submission_pdf": Row(READERS, ("submission",), of="active"),
    "filings:copy": Row(LEAD, of="rejected"),
    "filings:renew": Row(LEAD, of="expired"),
    "filings:closing": Row(LEAD, of="expired"),
    "filings:closing_check": Row(LEAD, of="closing"),
    "filings:closing_submit": Row(LEAD, of="closing", method="post"),
    "filings:closing_attach": Row(LEAD, of="closing", method="post"),
    "filings:closing_detach": Row(LEAD, ("attached",), of="closing", method="post"),
    "filings:closing_draft": Row(LEAD, of="closing"),
    "filings:closing_pdf": Row(("lead_owner", "auditor"), ("handed_in",), of="expired"),
    "filings:provincial": Row(LEAD, of="active"),
    "filings:provincial_edit": Row(LEAD, ("application",), of="active"),
    "filings:template": Row(LEAD, ("rows",)),
    "filings:import": Row(LEAD, ("rows",)),
    "filings:import_confirm": Row(LEAD, ("rows",), method="post"),
    "filings:change_add": Row(LEAD, of="active"),
    "filings:certificate": Row(READERS, of="active"),
    "filings:register": Row(ALL, of=""),
    "filings:register_entry": Row(ALL, ("number",), of=""),
    "filings:verify_form": Row(ALL, of=""),
    "filings:verify": Row(ALL, ("code",), of=""),
    "filings:public_notices": Row(ALL, of=""),
    "filings:public_notice": Row(ALL, of="public_notice"),
    "filings:public_notice_sheet": Row(ALL, ("notice",), of=""),
    "filings:public_notice_pdf": Row(ALL, ("notice",), of=""),
    "filings:objection_form": Row(ALL, of=""),
    "filings:objection": Row(ALL, ("objection",), of=""),
    "filings:letter": Row(("lead_owner", "auditor"), ("letter",), of="rejected"),
    "filings:guideline": Row(ALL, of=""),
    "reports:mine": Row(SIGNED_IN, of=""),
    "reports:calls": Row(ALL, of=""),
    "reports:call": Row(ALL, of="call"),
    "reports:call_paper": Row(ALL, ("paper",), of="call"),
    "reports:detail": Row(LEAD, of="report"),
    "reports:part": Row(LEAD, ("part",), of="report"),
    "reports:pdf": Row(LEAD, of="report"),
    "reports:submit": Row(LEAD, of="report", method="post"),
    "reports:withdraw": Row(LEAD, of="report", method="post"),
    "reports:justification": Row(LEAD, of="report", method="post"),
    "reports:ask": Row(LEAD, of="report", method="post"),
    "reports:own": Row(UNITS, of="unit"),
    "reports:unit": Row(UNITS, ("part",), of="unit"),
    "reports:sign": Row(("member_user",), ("part",), of="unit", method="post"),
    "reports:skip": Row(LEAD, ("part",), of="unit", method="post"),
    "reports:project_add": Row(UNITS, ("part",), of="unit"),
    "reports:project": Row(UNITS, ("part", "project"), of="unit"),
    "reports:project_delete": Row(UNITS, ("part", "project"), of="unit"),
    "support:mine": Row(SIGNED_IN, of=""),
    "support:new": Row(UNITS, of="active"),
    "support:detail": Row(LEAD, of="support"),
    "support:edit": Row(LEAD, of="support"),
    "support:submit": Row(LEAD, of="support", method="post"),
    "support:withdraw": Row(LEAD, of="support", method="post"),
    "support:consent": Row(LEAD, of="support", method="post"),
    "support:file_add": Row(LEAD, of="support", method="post"),
    "support:file": Row(LEAD, ("file",), of="support"),
    "support:file_remove": Row(LEAD, ("file",), of="support", method="post"),
    # The officers' print is of what was sent: this one is being written.
    "support:pdf": Row(LEAD, of="support"),
    "notices:inbox": Row(SIGNED_IN, of=""),
    "notices:read_all": Row(SIGNED_IN, of="", method="post"),
    "notices:message": Row(LEAD, of="message"),
    "notices:preferences": Row(SIGNED_IN, of=""),
    # Nobody's where no SMS can be sent; see tests/notices/test_phones.py.
    "notices:phone": Row((), of=""),
    "notices:phone_code": Row((), of=""),
    "notices:phone_remove": Row(SIGNED_IN, of="", method="post"),
    "accounts:unit": Row(SIGNED_IN, of=""),
    "accounts:unit_edit": Row(LEAD, of="unit"),
    "accounts:unit_join": Row(UNIT_PEOPLE, of=""),
    "accounts:unit_register": Row(UNIT_PEOPLE, of=""),
    "accounts:leave": Row(LEAD, of="unit"),
    "accounts:person": Row(LEAD, ("membership",), of="unit"),
    "accounts:person_hand_over": Row(LEAD, ("membership",), of="unit"),
    "accounts:person_remove": Row(LEAD, ("membership",), of="unit"),
    "accounts:join_request": Row(LEAD, ("request",), of="unit"),
    "accounts:join_cancel": Row(("stranger",), ("request",), of="", method="post"),
    "accounts:invite": Row(LEAD, of="unit"),
    "accounts:invitation_resend": Row(LEAD, ("invitation",), of="unit", method="post"),
    "accounts:invitation_revoke": Row(LEAD, ("invitation",), of="unit", method="post"),
    "accounts:invitation": Row(("anonymous", *UNIT_PEOPLE), ("secret",), of=""),
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
def place(lead_owner, member_user, stranger):
    """Makes what a row is about, led by `lead_owner`, with `member_user` in it; gives its URL."""
    lead, unit = lead_owner.memberships.get().unit, member_user.memberships.get().unit

    on_the_way = {
        "membership": lambda: lead_owner.memberships.get().pk,
        "request": lambda: JoinRequest.objects.create(unit=lead, user=stranger).pk,
        "invitation": lambda: invited()[0].pk,
        "secret": lambda: invited()[1],
    }

    def invited():
        return invite(lead, by=lead_owner, email="new@example.com", role="editor")

    def consortium(state: str):
        made = made_in(state, lead, lead_owner)
        Member.objects.filter(pk=made.members.first().pk).update(unit=unit)
        return made

    def at(name: str, row: Row) -> str:
        if row.of in ("report", "unit", "call", "support", "message", "expert"):
            return reverse(name, args=elsewhere(row, lead_owner, consortium))
        if name.startswith("accounts:") and (row.of or row.args):
            of = [lead.pk] if row.of else []
            return reverse(name, args=[*of, *(on_the_way[word]() for word in row.args)])
        if row.args == ("calendar",):
            return reverse(name, args=[feeds.make(lead_owner)])
        if row.of == "case":
            case = upheld_case(consortium("active"))
            return reverse(name, args=[case.pk, *([paper_of(case).pk] if row.args else [])])
        if not (row.of or row.args):
            return reverse(name)
        state = {"draft": "complete", "": "active"}.get(row.of, row.of)
        if row.args == ("token",):
            state = "complete"
        found = consortium(state)
        values = parts_of(found, lead_owner)
        args = [values[word]() for word in row.args]
        return reverse(name, args=([found.pk] if row.of else []) + args)

    return at


@pytest.mark.parametrize("cast", CAST)
@pytest.mark.parametrize("name", TABLE)
def test_an_address_answers_those_it_is_for(name, cast, place, request):
    row = TABLE[name]
    url = place(name, row)
    client = Client() if cast == "anonymous" else as_(request.getfixturevalue(cast))
    answer = getattr(client, row.method)(url, row.data)
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file read to its end is a file closed
    if answer.status_code == 302 and "/accounts/login/" in answer.url:
        got = SIGN_IN
    elif answer.status_code in (200, 302, 412, 422):  # 412: tus without its version
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
