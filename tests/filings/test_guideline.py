"""The guideline's page: every rule is told, under its clause."""

import pytest
from django.test import Client
from django.utils import translation

from filings.eligibility.engine import Source
from filings.eligibility.rules import FILING_RULES
from filings.guideline import chapters
from filings.models import Policy


def told():
    with translation.override("en"):
        return {
            (line.clause, title): line.level
            for chapter in chapters()
            for line in chapter.lines
            for title in line.checks
        }


def test_every_rule_is_told_under_its_clause_with_its_weight():
    with translation.override("en"):
        rules = {
            ("" if rule.source == Source.PRACTICE else rule.clause, rule.title_text): rule.level
            for rule in FILING_RULES
        }
    assert told() == rules


def test_every_section_of_the_guideline_is_there_in_order():
    clauses = [line.clause for chapter in chapters() for line in chapter.lines if line.clause]
    assert clauses == sorted(clauses, key=lambda clause: [int(n) for n in clause.split(".")])
    assert {"1", "2", "3.1", "3.5", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3"} <= set(clauses)
    assert {line.clause for line in chapters()[-1].lines} == {""}


@pytest.mark.django_db
def test_the_page_names_the_periods_of_the_policy_in_force():
    Policy.objects.update(review_days=17, public_notice_days=0)
    page = Client(headers={"Accept-Language": "en"}).get("/guideline/")
    assert "17 working days" in page.text
    assert "<dt>Public notice</dt>" not in page.text
