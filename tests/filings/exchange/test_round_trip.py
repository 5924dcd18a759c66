"""Out and in again is the same, whatever people wrote: through JSON, and through Excel."""

import string

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Unit, UnitKind
from accounts.places import Place
from filings.exchange import beginning, document, importing, template
from filings.exchange.sheets import SHEETS
from filings.exchange.workbook import read
from filings.models import ChainRole, Consortium
from filings.sections import Section
from tests.factories import ConsortiumFactory, MemberFactory, UnitFactory, code_of
from tests.filings.exchange.test_document import content_of
from tests.people import owner_of

pytestmark = pytest.mark.django_db

PEOPLE = settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
# What a database holds: all but NUL and halves of characters; spreadsheets can't hold some of it.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
HARD = [
    "=1+1",
    "@x",
    "+86",
    "-1",
    "'x",
    "𠮷野家\r\n𡃁",
    "🚀👩‍🔬",
    "a\x0bb",
    "_x000D_",
    "1e5",
    "TRUE",
    "※ 注",
]
TEXT = st.sampled_from(HARD) | st.text(CHARACTERS, min_size=1, max_size=60)
LINE = TEXT.map(lambda text: " ".join(text.split()) or "名").map(lambda text: text[:60])
VISIBLE = st.text(string.ascii_letters + "示例𠮷𡃁🚀", min_size=1, max_size=40)
MONEY = st.none() | st.decimals(0, 10**9, places=2)
MEMBER = st.fixed_dictionaries(
    {
        "name": VISIBLE,
        "kind": st.sampled_from(UnitKind.values),
        "place": st.sampled_from(Place.values),
        "chain_roles": st.lists(st.sampled_from(ChainRole.values), unique=True),
        "division_of_work": TEXT.map(str.strip),
        "capability": TEXT.map(str.strip),
        "rd_staff": st.none() | st.integers(0, 1_000_000),
    }
)
TASK = st.fixed_dictionaries(
    {"title": VISIBLE, "goal": LINE.map("指标{}".format), "budget": MONEY, "own_funds": MONEY, "led_by_lead": st.booleans()}
)  # fmt: skip
MILESTONES = st.lists(st.tuples(st.integers(1, 120), VISIBLE), max_size=5)
FILING = st.tuples(
    st.lists(MEMBER, min_size=1, max_size=3),
    st.lists(st.tuples(TASK, MILESTONES), min_size=1, max_size=3, unique_by=lambda t: t[0]["title"].casefold()),
)  # fmt: skip
UNITS = 5000


@pytest.fixture
def owner(db):
    return owner_of(UnitFactory(), "owner")


def made(owner, filing) -> Consortium:
    members, tasks = filing
    unit = owner.memberships.get().unit
    consortium = ConsortiumFactory(lead_unit=unit, created_by=owner)
    for order, fields in enumerate(members):
        defaults = {"name": "名", "kind": "other", "place": "OUTSIDE"}
        found = Unit.objects.get_or_create(uscc=code_of(UNITS + order), defaults=defaults)[0]
        MemberFactory(consortium=consortium, unit=found, order=order, **fields)
    for order, (fields, milestones) in enumerate(tasks):
        task = consortium.tasks.create(order=order, **fields)
        task.members.set(consortium.members.all()[: order + 1])
        for month, title in milestones:
            task.milestones.create(month=month, title=title)
    return consortium


NOBODY = {
    "name": "甲", "kind": "enterprise", "place": "320102", "chain_roles": [],
    "division_of_work": "试制", "capability": "中试线", "rd_staff": 0,
}  # fmt: skip


@PEOPLE
@given(filing=FILING)
@example(filing=([NOBODY], []))
def test_json_out_in_and_out_is_the_same(filing, owner):
    consortium = made(owner, filing)
    first = document.export(Consortium.objects.get(pk=consortium.pk))
    unit = consortium.lead_unit
    draft, problems = beginning.begin(first, user=owner, unit=unit)
    assert problems == []
    assert content_of(document.export(Consortium.objects.get(pk=draft.pk))) == content_of(first)


@PEOPLE
@given(filing=FILING)
@pytest.mark.parametrize("section", [Section.MEMBERS, Section.TASKS])
def test_excel_out_and_in_reports_no_change(filing, section, owner):
    consortium = made(owner, filing)
    data = template.write(consortium, section)
    rows = read(SimpleUploadedFile("x.xlsx", data), SHEETS[section])
    outcome = importing.preview(consortium.pk, section, rows, user=owner)
    assert outcome.problems == []
    assert [line.changes for line in outcome.lines if line.changes] == []
    assert outcome.same == len(filing[0 if section == Section.MEMBERS else 1])
