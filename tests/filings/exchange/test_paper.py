"""The filing on paper: whole, marked for what it is, in Chinese, and readable by machines again."""

import io

import pikepdf
import pypdfium2
import pytest
from django.test import override_settings
from django.utils.translation import pgettext

from filings.models import Consortium, Document, Member
from filings.sections import Section
from tests.factories import TEXT, ConsortiumFactory
from tests.filings.exchange.workbooks import url
from tests.filings.test_pdf import fonts_of
from tests.people import as_
from tests.sent import signed

pytestmark = pytest.mark.django_db

RARE = "𠮷野家、𡃁仔、𪚥龍、𠀀、喆㛃镕，已验证🚀😀✅，A—Z"


@pytest.fixture
def filing(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


def pages_of(data: bytes) -> list[str]:
    """The text of each page without its line breaks and spaces."""
    pages = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in pages]
    return ["".join(text.replace("\ufffe", "").split()) for text in texts]


def pdf_of(client, filing, name: str = "pdf", *args) -> bytes:
    answer = client.get(url(name, filing, *args))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def submit(client, filing):
    client.post(url("submit", filing), signed(client, filing))
    assert Consortium.objects.get(pk=filing.pk).status == "submitted"


def test_it_holds_every_section_members_tasks_money_dates_and_documents(filing, lead_owner):
    Document.objects.update(sha256="ab" * 32)
    text = "".join(pages_of(pdf_of(as_(lead_owner), filing)))
    for said in (
        filing.name, filing.lead_unit.name, filing.lead_unit.uscc, filing.focus_field.name,
        *(f"{n}、{section.label}" for n, section in zip("一二三四五六七", Section, strict=True)),
        *(m.name for m in filing.members.all()), *(m.uscc for m in filing.members.all()),
        "3000.00万元", "186400.00万元", "2024年1月10日", "完成样机", "组建协议.pdf", "ab" * 32,
    ):  # fmt: skip
        assert "".join(said.split()) in text.replace(",", ""), said


def test_a_draft_says_so_on_every_page(filing, lead_owner):
    draft = pgettext("paper", "Draft")
    pages = pages_of(pdf_of(as_(lead_owner), filing))
    assert len(pages) > 1
    assert all(draft in page for page in pages)
    assert all(f"—{number}—" in page for number, page in enumerate(pages, start=1))


def test_a_submission_says_its_number_time_and_digest(filing, lead_owner):
    client = as_(lead_owner)
    submit(client, filing)
    submission = filing.submissions.get()
    for data in (pdf_of(client, filing), pdf_of(client, filing, "submission_pdf", 1)):
        pages = pages_of(data)
        assert submission.digest in "".join(pages)
        assert all(submission.digest[:16] in page for page in pages)
        assert pgettext("paper", "Draft") not in "".join(pages)


def test_what_was_submitted_stays_as_it_was_while_the_lead_mends_it(filing, lead_owner, auditor):
    client = as_(lead_owner)
    submit(client, filing)
    client.post(url("withdraw", filing))
    Consortium.objects.filter(pk=filing.pk).update(bottleneck="改过的瓶颈")
    assert "改过的瓶颈" in "".join(pages_of(pdf_of(client, filing)))
    assert "改过的瓶颈" not in "".join(pages_of(pdf_of(client, filing, "submission_pdf", 1)))
    assert "改过的瓶颈" not in "".join(pages_of(pdf_of(as_(auditor), filing)))


def test_it_is_in_chinese_whatever_the_reader_reads(filing, lead_owner):
    client = as_(lead_owner)
    client.cookies["django_language"] = "en"
    text = "".join(pages_of(pdf_of(client, filing)))
    assert "2024年1月10日" in text
    assert "Enterprise" not in text
    assert "企业" in text


def test_rare_characters_emoji_and_long_names_survive(filing, lead_owner):
    long = ("南京示例" + RARE[:2] + "精密传动") * 20
    member = filing.members.first()
    member.name = long[:200]
    member.division_of_work = RARE + "\n" + TEXT * 60
    member.save()
    filing.name = ("𠮷😀谐波" * 80)[:300]
    filing.goals = RARE
    filing.save()
    Document.objects.update(original_name="附" * 240 + "𡃁.pdf")
    data = pdf_of(as_(lead_owner), filing)
    text = "".join(pages_of(data))
    for said in (member.name, filing.name, "".join(RARE.split()), "附" * 240 + "𡃁.pdf"):
        assert said in text
    assert text.count(TEXT) >= 60
    assert all(embedded for _name, embedded in fonts_of(data))


def test_no_character_of_a_name_is_drawn_as_an_empty_box(filing, lead_owner):
    """A character that no font has is drawn by glyph 0 of some font."""
    filing.goals = RARE
    filing.save()
    with pikepdf.open(io.BytesIO(pdf_of(as_(lead_owner), filing))) as document:
        names = {
            str(o.FontName).split("+")[-1]
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        }
    assert any("Hana" in name for name in names)
    assert any("Symbola" in name for name in names)


def test_it_is_tagged_and_small(filing, lead_owner):
    data = pdf_of(as_(lead_owner), filing)
    assert len(data) < 1_000_000
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.open_metadata()["pdfuaid:part"] == "1"


class TestAMember:
    @pytest.fixture
    def text(self, filing, lead_owner, member_user):
        own, other = filing.members.all()
        Member.objects.filter(pk=own.pk).update(
            unit=member_user.memberships.get().unit, capability="自己的能力"
        )
        Member.objects.filter(pk=other.pk).update(team="别人的团队", contact_phone="02512345678")
        alien = filing.tasks.create(title="别人的任务", goal="别人的目标")
        alien.members.set([other])
        return "".join(pages_of(pdf_of(as_(member_user), filing)))

    def test_reads_what_concerns_all_and_its_own_part(self, text, filing):
        for said in (filing.name, "自己的能力", *(m.name for m in filing.members.all())):
            assert said in text

    def test_reads_nothing_of_the_others(self, text, filing):
        for said in ("别人的团队", "别人的任务", "02512345678", "186400.00", "组建协议.pdf"):
            assert said not in text
        assert not any(m.contact_email in text for m in filing.members.all())


def test_there_is_no_other_submission(filing, lead_owner):
    assert as_(lead_owner).get(url("submission_pdf", filing, 7)).status_code == 404


def test_demonstration_material_is_marked(filing, lead_owner):
    with override_settings(DEMO=True):
        pages = pages_of(pdf_of(as_(lead_owner), filing))
    draft = pgettext("paper", "Draft")
    assert all(draft in page and "演示" in page for page in pages)
