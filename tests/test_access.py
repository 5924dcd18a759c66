"""Every address of the portal for every kind of visitor. An address without a row here fails."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts import feeds
from accounts.invitations import invite
from accounts.models import JoinRequest
from filings.models import Confirmation, Member
from notices.models import Message
from tests.addresses import CAST, NAMESPACES, SIGN_IN, TABLE, Row
from tests.casework import paper_of
from tests.elsewhere import elsewhere, made_in, parts_of
from tests.factories import upheld_case
from tests.people import as_
from tests.undone import taken_back

pytestmark = pytest.mark.django_db


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
        own = row.of == "unit" and not name.startswith("reports:")
        if own or (name.startswith("accounts:") and row.args):
            of = [lead.pk] if row.of else []
            return reverse(name, args=[*of, *(on_the_way[word]() for word in row.args)])
        if row.of in ("report", "unit", "call", "support", "message", "expert"):
            return reverse(name, args=elsewhere(row, lead_owner, consortium))
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


def answered(cast: str, url: str, row: Row, request):
    """What a visitor meets: an answer, the sign-in page or a refusal."""
    client = Client() if cast == "anonymous" else as_(request.getfixturevalue(cast))
    answer = getattr(client, row.method)(url, row.data)
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file read to its end is a file closed
    if answer.status_code == 302 and "/accounts/login/" in answer.url:
        return SIGN_IN
    if answer.status_code in (200, 302, 412, 422):  # 412: tus without its version
        return "answer"
    return answer.status_code


@pytest.mark.parametrize("name", TABLE)
def test_an_address_answers_those_it_is_for(name, place, request, subtests):
    row = TABLE[name]
    for cast in CAST[1:]:
        request.getfixturevalue(cast)  # all are there before the first asks
    url = place(name, row)
    for cast in CAST:
        with subtests.test(cast), taken_back():
            assert answered(cast, url, row, request) == row.expects(cast)
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
