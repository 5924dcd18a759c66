"""A large attachment over a bad line, in a browser: it goes on where it was, and it can be read."""

import os

import pikepdf
import pytest
from django.urls import reverse

from filings.models import Consortium, Document, Upload
from tests.factories import ConsortiumFactory
from tests.journeys.walk import walking

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
MEGABYTE = 1024**2


@pytest.fixture
def large(tmp_path):
    """A PDF of 12 MB that nothing can pack smaller."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"%" + os.urandom(6 * MEGABYTE).hex().encode())
        pdf.save(tmp_path / "组建协议.pdf", compress_streams=False)
    return tmp_path / "组建协议.pdf"


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(lead_unit=unit, created_by=lead_owner)


def test_an_upload_goes_on_after_the_connection_was_lost(
    chromium, live_server, consortium, large, lead_owner
):
    with walking(chromium, live_server.url, lead_owner.username) as walker:
        page, sent = walker.page, []

        def line(route):
            """The connection breaks at the third piece, and is back for the fourth try."""
            if route.request.method != "PATCH":
                return route.continue_()
            sent.append(int(route.request.headers["upload-offset"]))
            return route.abort() if len(sent) == 3 else route.continue_()

        page.route("**/uploads/**", line)
        page.goto(reverse("filings:step", args=[consortium.pk, "agreement"]))
        page.select_option("[name=kind]", "agreement")
        page.set_input_files("[name=upload]", large)
        page.get_by_role("button", name="Upload", exact=True).click()
        walker.sees("No connection")
        walker.sees("Document added.")
        walker.sees("组建协议.pdf")
        piece = 2 * MEGABYTE
        assert sent == [0, piece, 2 * piece, *range(2 * piece, large.stat().st_size, piece)]
        document = Document.objects.get()
        assert document.file.open("rb").read() == large.read_bytes()
        document.file.close()
        assert not Upload.objects.exists()
        look_at(page, document)


def look_at(page, document: Document) -> None:
    """The browser's own viewer shows it in the page, under the policy that goes with it."""
    page.get_by_role("link", name=document.original_name).first.click()
    page.wait_for_load_state()
    assert document.sha256 in page.content()
    inline = reverse("filings:document_inline", args=[document.consortium_id, document.pk])
    for _second in range(100):
        if any(frame.url.startswith("chrome-extension:") for frame in page.frames):
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail(f"no viewer opened: {[frame.url for frame in page.frames]}")
    assert any(inline in frame.url for frame in page.frames)


def test_an_upload_goes_on_when_the_page_is_opened_again_and_can_be_cancelled(
    chromium, live_server, consortium, large, lead_owner
):
    with walking(chromium, live_server.url, lead_owner.username) as walker:
        page, sent = walker.page, []
        address = reverse("filings:step", args=[consortium.pk, "agreement"])

        def cut(route):
            sent.append(route.request.method)
            if route.request.method == "PATCH" and sent.count("PATCH") > 2:
                return route.abort()
            return route.continue_()

        page.route("**/uploads/**", cut)
        for _time in range(2):
            page.goto(address)
            page.set_input_files("[name=upload]", large)
            page.get_by_role("button", name="Upload", exact=True).click()
            walker.sees("No connection")
        assert sent.count("POST") == 1
        assert Upload.objects.get().received == 4 * MEGABYTE
        with page.expect_response(lambda answer: answer.request.method == "DELETE"):
            page.get_by_role("button", name="Cancel the upload").click()
        walker.sees("Cancelled.")
        assert not Upload.objects.exists()


def test_without_a_script_the_form_sends_the_file(
    chromium, live_server, consortium, large, lead_owner
):
    context = chromium.new_context(
        base_url=live_server.url, locale="en-US", java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", lead_owner.username)
    page.fill("[name=password]", "a password for tests")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.goto(reverse("filings:step", args=[consortium.pk, "agreement"]))
    page.set_input_files("[name=upload]", large)
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_text("Document added.").wait_for()
    assert Document.objects.get().size == large.stat().st_size
    context.close()
