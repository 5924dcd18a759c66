"""The dashboard as officers open it: its figures, the lists they lead to, and who may count."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from lxml import etree

from filings.models import Change, Consortium
from reports.models import Picture
from reports.statistics import board, charts, picture
from reports.statistics.concerns import Concern
from reports.statistics.panels import Figure
from reports.tasks import count_statistics
from tests.people import as_
from tests.reports.statistics.population import Programme

pytestmark = pytest.mark.django_db
BOARD = "/admin/reports/picture/"
SVG = "{http://www.w3.org/2000/svg}"


def listed(client, url: str) -> int:
    """How many rows the list behind a figure has."""
    page = client.get(url)
    assert page.status_code == 200, url
    found = page.context.get("cl")
    return found.result_count if found else page.context["page_obj"].paginator.count


# A quarter, a year or a middle value is no number of rows.
NOT_ROWS = {"Half within", "Nine of ten within", "First waits, working days"}
OF_REPORTS = {"spend", "outputs", "spend-by-field"}


def test_every_figure_leads_to_a_list_with_so_many_rows(programme, auditor):
    client = as_(auditor)
    client.cookies["django_language"] = "en"
    page = client.get(BOARD)
    followed = 0
    for panel in page.context["panels"]:
        for row in (*panel.rows, panel):
            figures = row.figures if row is not panel else panel.sums
            for column, figure in zip(panel.columns, figures, strict=row is not panel):
                if not figure.url or column in NOT_ROWS or panel.key in OF_REPORTS:
                    continue
                assert listed(client, figure.url) == figure.value, (panel.key, row, column)
                followed += 1
    assert followed > 60
    for tally in page.context["tallies"]:
        assert listed(client, tally.url) == tally.number


def test_the_sums_of_the_reports_lead_to_the_reports_they_are_of(programme, auditor):
    client, shown = as_(auditor), picture.take()
    by_field = {panel.key: panel for panel in board.panels(shown)}["spend-by-field"]
    for row, entry in zip(by_field.rows, shown.figures["sums"], strict=True):
        assert {listed(client, figure.url) for figure in row.figures} == {entry["reports"]}


def test_a_chart_shows_the_numbers_of_its_table(programme):
    for panel in board.panels(picture.take()):
        if panel.chart is None or panel.ready:
            continue
        root = etree.fromstring(panel.chart.markup)
        rows = panel.rows if panel.charted is None else panel.charted
        # The library lays them from below.
        rows = rows[::-1]
        drawn, values = [], []
        for number, column in enumerate(panel.drawn):
            parts = f".//{SVG}g[@class='series serie-{number} color-{number}']"
            numbers = [row.figures[column].value or 0 for row in rows]
            # The library leaves the size of nothing out.
            drawn += [float(bar.get("width") or 0) for bar in root.iterfind(f"{parts}//{SVG}rect")]
            values += map(float, numbers)
            if panel.kind != "stacked":
                said = [text.text for text in root.iterfind(f"{parts}/{SVG}text")]
                assert said == [row.figures[column].text for row in rows], panel.key
        labels = root.findall(f".//{SVG}g[@text-anchor='end']//{SVG}text")
        assert ["".join(label.itertext()).replace(" ", "") for label in labels] == [
            row.label.replace(" ", "") for row in rows
        ], panel.key
        scale = max(drawn) / max(values)
        assert drawn == pytest.approx([value * scale for value in values], abs=0.5), panel.key


def test_the_ring_has_a_line_for_every_pair(programme):
    shown = picture.take()
    ring = {panel.key: panel for panel in board.panels(shown)}["network"].chart
    root = etree.fromstring(ring.markup)
    assert len(root.findall(f".//{SVG}path")) == len(shown.figures["network"]["pairs"])
    assert len(root.findall(f".//{SVG}circle")) == len(shown.figures["network"]["units"])


def test_a_chart_is_named_for_who_cannot_see_it_and_keeps_to_the_content_policy(programme, auditor):
    page = as_(auditor).get(BOARD).text
    pictures = re.findall(r'<svg[^>]*class="chart".*?</svg>', page, re.DOTALL)
    assert len(pictures) >= 11
    assert page.count('<figcaption class="visually-hidden">') == len(pictures)
    for markup in pictures:
        assert 'aria-hidden="true"' in markup
        links = re.findall(r"<a [^>]*>", markup)
        assert all('tabindex="-1"' in link for link in links)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)|\son[a-z]+=", page)


@pytest.mark.parametrize("kind", Concern.values)
def test_a_warning_lists_its_consortia_with_a_number(kind, programme, auditor):
    page = as_(auditor).get(f"{BOARD}{kind}/list/")
    rows = list(page.context["page_obj"].object_list)
    assert rows
    for row in rows:
        assert f"/admin/filings/consortium/{row.pk}/change/" in page.text
    if kind == Concern.MANY_CHANGES:
        since = timezone.localdate() - timedelta(365)
        changes = Change.objects.filter(effective_on__gte=since)
        assert [row.number for row in rows] == [changes.filter(consortium=r).count() for r in rows]


def test_there_are_no_other_warnings(auditor):
    assert as_(auditor).get(f"{BOARD}bad-weather/list/").status_code == 404


def test_the_page_says_when_it_was_counted_and_an_acting_officer_counts_anew(programme, intake):
    client = as_(intake)
    before = client.get(BOARD).context["picture"]
    unit = programme.units[0]
    unit.place = "OUTSIDE"
    unit.save()
    assert client.get(BOARD).context["picture"] == before
    assert client.post(f"{BOARD}count/").status_code == 302
    count_statistics.apply(throw=True)
    after = client.get(BOARD).context["picture"]
    assert after != before
    led = Consortium.objects.in_state("active", after.day).filter(lead_unit__place="OUTSIDE")
    assert after.figures["running"]["district"].get("OUTSIDE", 0) == led.count()


def test_the_auditor_sets_nothing_going(programme, auditor):
    client = as_(auditor)
    assert f"{BOARD}count/" not in client.get(BOARD).text
    assert client.post(f"{BOARD}count/").status_code == 404
    assert Picture.objects.count() == 1


def test_of_a_new_day_the_first_reader_gets_the_figures_of_that_day(
    programme, auditor, first_of_june
):
    before = as_(auditor).get(BOARD).context["picture"]
    running = Consortium.objects.filter(status="active", ends_on__gte=before.day)
    last = running.order_by("ends_on").first().ends_on
    first_of_june.move_to(timezone.now() + (last - before.day) + timedelta(days=1))
    after = as_(auditor).get(BOARD).context["picture"]
    assert after.day == last + timedelta(days=1)
    ended = running.filter(ends_on__lte=last).count()
    assert after.figures["active"] == before.figures["active"] - ended < before.figures["active"]


def test_the_page_costs_the_same_however_much_there_is(auditor, django_assert_num_queries):
    client, programme = as_(auditor), Programme(5, timezone.localdate())
    for size in (5, 30):
        programme.grow_to(size)
        picture.take()
        client.get(BOARD)
        with django_assert_num_queries(5):
            client.get(BOARD)


def test_counting_costs_the_same_number_of_queries_however_much_there_is(
    django_assert_max_num_queries,
):
    programme, asked = Programme(12, timezone.localdate()), []
    for size in (12, 40):
        programme.grow_to(size)
        with django_assert_max_num_queries(40) as found:
            picture.take()
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_an_empty_programme_has_an_empty_picture(auditor):
    page = as_(auditor).get(BOARD)
    assert page.status_code == 200
    assert page.context["picture"].figures["active"] == 0


def test_pictures_are_kept_for_a_week(auditor, first_of_june):
    old = picture.take()
    assert as_(auditor).get(f"{BOARD}{old.pk}/change/").context["picture"] == old
    first_of_june.shift(timedelta(days=8))
    picture.take()
    assert not Picture.objects.filter(pk=old.pk).exists()


def test_money_and_numbers_are_written_with_their_thousands():
    assert Figure(Decimal("1234567.50")).text == "1,234,567.50"
    assert Figure(1200).text == "1,200"
    assert Figure(None).text == "–"


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("集成电路", ["集成电路"]),
        ("低空经济（航空航天）", ["低空经济", "（航空航天）"]),
        ("重大技术攻关任务（纳入市级指南）", ["重大技术攻关任务", "（纳入市级指南）"]),
        ("申报国家、省级人才计划", ["申报国家、", "省级人才计划"]),
        ("推荐申报省重大科技计划项目", ["推荐申报省重大", "科技计划项目"]),
        ("Third-generation semiconductors", ["Third-", "generation", "semiconductors"]),
        ("长" * 40, ["长" * 8, "长" * 8, "长" * 8, "长" * 8 + "…"]),
    ],
)
def test_a_label_has_as_many_lines_as_there_is_room_for(label, lines):
    assert charts.lines_of(label) == lines


def test_where_nothing_can_be_counted_the_chart_says_no_nought():
    drawn = charts.bars(
        "时间", "", ["审查中", "公示中"], [charts.Series("", [None, 3], ["–", "3"], ["", ""])]
    )
    said = [text.text for text in drawn.tree.iterfind(f".//{SVG}text[@class='value']")]
    assert said == ["3", "–"]
