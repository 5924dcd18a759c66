"""The search of the bureau: what is indexed, when, and that what is asked can do no harm. The same
tests on both databases: they find the same."""

import io

import pytest
from django.core.management import call_command

from filings.bigrams import TooShort
from filings.models import Consortium, SearchEntry
from filings.search import index, matching
from filings.services import resolve_comment, save_content
from filings.states import Action
from filings.transitions import perform
from tests.factories import ConsortiumFactory, UnitFactory, comment_on, staff
from tests.people import owner_of

pytestmark = pytest.mark.django_db

EVERYBODY = Consortium.objects.all


def names(question: str) -> set[str]:
    return {c.name for c in matching(EVERYBODY(), question)}


@pytest.fixture
def two():
    """Two filings that share nothing but their kind of text."""
    lead = UnitFactory(name="南京示例栖光显示材料有限公司")
    one = ConsortiumFactory(
        submitted=True, name="柔性显示材料创新联合体", lead_unit=lead, chief_expert="欧阳样本",
        goals="研制 OLED-7 蒸镀设备，线宽 3nm，良率 98.5%，突破𠮷字号难题。",
    )  # fmt: skip
    other = ConsortiumFactory(submitted=True, name="低空飞行控制创新联合体")
    return one, other


@pytest.mark.parametrize(
    "question",
    ["柔性", "显示材料", "栖光", "欧阳", "蒸镀设备", "oled", "OLED-7", "ole", "蒸镀 oled", "98.5", "𠮷字", "3nm"],
)  # fmt: skip
def test_a_filing_is_found_by_any_of_its_words(question, two):
    assert names(question) == {two[0].name}


def test_a_filing_is_found_by_units_and_codes(two):
    one, other = two
    member = one.members.first()
    assert names(one.lead_unit.uscc) == {one.name}
    assert names(one.lead_unit.uscc.lower()[:16]) >= {one.name}
    assert names(member.unit.uscc) == {one.name}
    assert names("创新联合体") == {one.name, other.name}
    assert names("柔性 低空") == set()


def test_a_number_in_any_writing_finds_its_filing():
    one, other = ConsortiumFactory(active=True), ConsortiumFactory(active=True)
    year = one.filing_year
    assert names(one.filing_number) == {one.name}
    assert names(f"宁创联备[{year}]1") == {one.name}
    assert names(f"{year}〕{one.filing_serial}号") == {one.name}
    assert names("宁创联备") == {one.name, other.name}


@pytest.mark.parametrize("question", ["", "显", "x", "🙂", "%", "''", '"', "?", "()"])
def test_less_than_two_characters_are_refused(question, two):
    with pytest.raises(TooShort):
        names(question)


@pytest.mark.parametrize(
    "question",
    ["柔性'", '"柔性', "柔性 & 低空 |", "!柔性", "柔性 <-> 显示", "柔性:*A", "柔性 OR 低空", "NEAR(柔性 显示)", "柔性\\",
     "柔性%", "柔性_", "柔性🙂", "-柔性", "^柔性", "tokens:柔性", "柔性;DROP TABLE x", "柔" * 500, "柔性 " * 100, "\ud800柔性",
     "a" * 500, "柔性\t\n显示", "%s柔性", "{柔性}", "柔性--"],
)  # fmt: skip
def test_a_hostile_question_is_only_a_question(question, two):
    assert names(question) <= {two[0].name}


def test_operators_mean_nothing(two):
    assert names("柔性 OR 低空") == set()  # "or" is a word like any other
    assert names("!柔性") == {two[0].name}


def test_a_draft_is_not_indexed_and_a_submission_at_once(lead_owner):
    unit = lead_owner.memberships.get().unit
    filing = ConsortiumFactory(
        complete=True, lead_unit=unit, created_by=lead_owner, name="氢能储运联合体"
    )
    assert index([filing.pk]) == 0
    assert names("氢能") == set()
    perform(filing.pk, Action.SUBMIT, actor=lead_owner)
    assert names("氢能") == {filing.name}


def test_what_the_lead_is_typing_is_not_found_before_it_submits(lead_owner):
    unit = lead_owner.memberships.get().unit
    filing = ConsortiumFactory(submitted=True, lead_unit=unit, created_by=lead_owner)
    comment_on(filing)
    perform(filing.pk, Action.RETURN, actor=staff("intake_officer"))
    save_content(
        filing.pk, user=lead_owner, fields={"goals": "改为钙钛矿路线。" * 5, "name": "钠电池联合体"}
    )
    assert names("钙钛") == set()
    assert names("钠电池") == {"钠电池联合体"}  # the lists show the name as it is
    resolve_comment(filing.comments.get(), user=lead_owner)
    perform(filing.pk, Action.SUBMIT, actor=lead_owner)
    assert names("钙钛矿") == {"钠电池联合体"}


def test_a_unit_that_is_renamed_is_found_by_its_new_name(two):
    unit = two[0].lead_unit
    unit.name = "南京示例曜石光电有限公司"
    unit.save()
    assert names("曜石") == {two[0].name}
    assert names("栖光") == {two[0].name}  # as it was filed


def test_a_deleted_filing_leaves_nothing_behind(lead_owner):
    filing = ConsortiumFactory(complete=True)
    Consortium.objects.filter(pk=filing.pk).update(first_submitted_at=filing.created_at)
    assert index([filing.pk]) == 1
    SearchEntry.objects.all().delete()
    assert names("谐波") == set()


def test_the_index_is_made_anew(two):
    SearchEntry.objects.all().delete()
    ConsortiumFactory(complete=True)
    assert names("柔性") == set()
    for _time in range(2):
        out = io.StringIO()
        call_command("rebuild_search", stdout=out)
        assert "2" in out.getvalue()
        assert names("柔性") == {two[0].name}


def test_a_filing_of_any_length_can_be_submitted():
    owner = owner_of(UnitFactory(), "writer")
    filing = ConsortiumFactory(
        complete=True, lead_unit=owner.memberships.get().unit, created_by=owner,
        goals=" ".join(f"w{n}" for n in range(120_000)), name="长文本创新联合体",
    )  # fmt: skip
    perform(filing.pk, Action.SUBMIT, actor=owner)
    assert names("长文本") == {filing.name}


def test_many_hits_are_found_like_few(two, monkeypatch):
    """Above a number of hits the database goes another way; what it finds is the same."""
    few = names("创新联合体")
    monkeypatch.setattr("filings.search.FEW", 1)
    assert names("创新联合体") == few
    assert names("柔性") == {two[0].name}
