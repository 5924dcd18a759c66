"""Every address of the workbench for every kind of visitor, by GET and by POST, made from the URL
resolver: an address without a row here fails. And what a page offers, its reader may use."""

from copy import deepcopy
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from accounts.models import AuditEntry
from filings.models import Comment, Policy
from reports.models import ReportCall
from reviews.models import Note
from tests.factories import ConsortiumFactory
from tests.nanjing_consortia.admin_addresses import (
    CAST,
    NO_PAGES,
    OFFICERS,
    SIGN_IN,
    TABLE,
    UNNAMED,
)
from tests.papers import pdf_bytes
from tests.people import as_
from tests.reports.factories import ask, call_paper, report_of
from tests.reviews.test_admin_access import OURS, things
from tests.undone import taken_back

__all__ = ["things"]
pytestmark = pytest.mark.django_db


def patterns(resolver=None):
    for found in (resolver or get_resolver().namespace_dict["admin"][1]).url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found)
        else:
            yield found


ADDRESSES = {pattern.name: pattern.pattern for pattern in patterns() if pattern.name}


def test_every_address_has_a_row():
    assert set(ADDRESSES) == set(TABLE)
    assert {str(found.pattern) for found in patterns() if not found.name} == UNNAMED


@pytest.fixture
def place(things, intake, request):
    """The URL of an address, about something that is there."""
    day = timezone.localdate() + timedelta(days=30)
    things |= {Policy: Policy.objects.create(effective_from=day)}
    by_name = {f"{m._meta.app_label}_{m._meta.model_name}": thing for m, thing in things.items()}
    commented = ConsortiumFactory(submitted=True)
    comment = Comment.objects.create(
        consortium=commented, submission=commented.submissions.get(),
        section="lead", text="请补正", author=intake,
    )  # fmt: skip
    paper = call_paper(ReportCall.objects.latest("pk"))
    remark = ask(report_of(status="submitted"))
    note = Note.objects.create(consortium=commented, section="lead", text="内部", author=intake)
    word = remark.report.notes.create(part="plan", text="内部", author=intake)

    def at(name: str) -> str:
        values = {
            "app_label": "filings",
            "content_type_id": 1,
            "filter_pk": 1,
            "paper_pk": paper.pk,
            "kind": "no-university",
        }
        if name.startswith("reports_annualreport_comment_"):
            values |= {"pk": remark.report_id, "comment_pk": remark.pk}
        elif name.startswith("reports_annualreport_note_"):
            values |= {"pk": word.report_id, "note_pk": word.pk}
        elif "_comment_" in name or name.endswith("_checklist"):
            values |= {"pk": commented.pk, "comment_pk": comment.pk}
        elif "_note_" in name:
            values |= {"pk": commented.pk, "note_pk": note.pk}
        elif name == "auth_user_password_change":
            values |= {"id": request.getfixturevalue("lead_owner").pk}
        else:
            about = next((key for key in by_name if name.startswith(f"{key}_")), None)
            thing = by_name[about].pk if about else 1
            values |= {"pk": thing, "object_id": thing}
        pattern = ADDRESSES[name]
        asked = set(pattern.converters) or set(getattr(pattern, "regex").groupindex)  # noqa: B009
        return reverse(f"admin:{name}", kwargs={key: values[key] for key in asked})

    return at


@pytest.fixture(autouse=True)
def blank_papers(monkeypatch):
    """Who gets a paper is asked here; how it is laid out, where it is made."""
    monkeypatch.setattr("filings.pdf.HTML", BlankPaper)


class BlankPaper:
    def __init__(self, **_sheet):
        pass

    def write_pdf(self, **_options) -> bytes:
        return pdf_bytes()


def answered(client, method: str, url: str) -> str:
    """What a visitor meets, with everything that was written taken back."""
    signed_in = deepcopy(client.cookies)
    with taken_back():
        response = getattr(client, method)(url, {"section": "lead"} if method == "post" else {})
        if response.streaming:
            b"".join(response.streaming_content)
    client.cookies = signed_in
    if response.status_code == 302 and urlsplit(response.url).path in SIGN_IN:
        return "sign in"
    words = {403: "closed", 404: "nothing", 405: "closed"}
    return words.get(response.status_code, "answer")


def visitor(cast: str, request) -> Client:
    return Client() if cast == "anonymous" else as_(request.getfixturevalue(cast))


@pytest.mark.parametrize("cast", CAST)
def test_an_address_answers_those_it_is_for(cast, place, request):
    client, wrong = visitor(cast, request), {}
    # Officers may learn that a page takes no answer of theirs; others, not even that it exists.
    refusals = {"anonymous": {"sign in"}, "lead_owner": {"nothing"}}.get(
        cast, {"nothing", "closed"}
    )
    for name, row in TABLE.items():
        url = place(name)
        stranger = cast in OFFICERS and cast not in (*row.opens, *row.hears)
        for method, meant in (("get", row.opens), ("post", row.hears)):
            got = answered(client, method, url)
            if got not in ({"answer"} if cast in meant else refusals):
                wrong[method, name] = got
            if stranger and got == "closed" and name != "autocomplete":
                wrong[method, name] = "closed, but what is not yours does not exist"
    assert wrong == {}


@pytest.mark.parametrize("name", TABLE)
def test_the_auditor_is_heard_nowhere_but_at_its_own_account(name):
    row = TABLE[name]
    own = {"login", "logout", "password_change"}
    assert name in own or "auditor" not in row.hears
    assert "auditor" in row.opens or not set(row.opens) - set(row.hears)


def test_the_auditor_opens_every_page_that_shows_something():
    shown = {name for name, row in TABLE.items() if set(row.opens) - set(row.hears)}
    assert [name for name in shown if "auditor" not in TABLE[name].opens] == []


def test_all_that_an_auditor_posts_leaves_no_trace(place, auditor):
    client = as_(auditor)
    urls = [place(name) for name in TABLE if name != "logout"]
    last = AuditEntry.objects.latest("pk").pk
    for url in urls:
        client.post(url, {"section": "lead", "action": "resend", "_selected_action": "1"})
    assert list(AuditEntry.objects.filter(pk__gt=last)) == []


class Offers(HTMLParser):
    """The links of a page, and the forms that have a button to send them."""

    def __init__(self, page: str):
        super().__init__()
        self.links, self.forms, self._form = set(), set(), None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href", "#")[0] != "#":
            self.links.add(given["href"])
        elif tag == "form":
            self._form = given if given.get("method", "get").lower() == "post" else None
        usual = {"button": "submit", "input": "text"}.get(tag)
        if self._form is not None and usual and given.get("type", usual) == "submit":
            self.forms.add(given.get("formaction") or self._form.get("action") or "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None


@pytest.mark.parametrize("cast", OFFICERS)
def test_what_a_page_offers_its_reader_may_use(cast, place, request):
    client = visitor(cast, request)
    links, opened, dead = set(), set(), []
    for name, row in TABLE.items():
        if cast not in row.opens or name in NO_PAGES:
            continue
        url = place(name)
        page = client.get(url, follow=True)
        if page.status_code < 400:
            opened.add(url)
        offers = Offers(page.text)
        paths = (urlsplit(link) for link in offers.links)
        links |= {path.path for path in paths if path.path.startswith("/")}
        for action in offers.forms:
            target = resolve(urlsplit(action or url).path)
            if "admin" in target.namespaces and cast not in TABLE[target.url_name].hears:
                dead.append(f"{url}: form to {action}")
    for path in sorted(links - opened):
        response = client.get(path)
        if response.streaming:
            b"".join(response.streaming_content)
        if response.status_code >= 400:
            dead.append(path)
    assert dead == []


@pytest.mark.parametrize("cast", OFFICERS)
def test_the_menu_lists_what_one_may_open_and_a_way_to_add_where_one_may(cast, request):
    apps = visitor(cast, request).get("/admin/").context["app_list"]
    listed = {
        app["app_label"] + "_" + m["object_name"].lower(): m for app in apps for m in app["models"]
    }
    names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in OURS]
    assert set(listed) == {n for n in names if cast in TABLE[f"{n}_changelist"].opens}
    adds = {name for name, model in listed.items() if model["add_url"]}
    assert adds == {n for n in names if cast in TABLE[f"{n}_add"].opens}
