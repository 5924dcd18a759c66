import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import gettext

from filings.eligibility import FILING_RULES, RULES_BY_ID, Level, Source, Thresholds, evaluate
from filings.eligibility.facts import AskedPaper, PaperFacts
from filings.eligibility.rules.attachments import NAMES
from filings.models import AFTER_FILING, DocumentKind
from filings.sections import Section
from tests.filings.eligibility.filing_facts import (
    CHANGE,
    ENTERPRISE,
    LEAD_CODE,
    RECORD,
    TODAY,
    UNIVERSITY,
    changed,
    good_facts,
)

BLOCK, WARN, ADVISE = Level.BLOCK, Level.WARN, Level.ADVISE
PLATFORM = {
    "lead.lead_kind": "major_platform",
    "lead.platform_kind": "laboratory",
    "lead.platform_level": "national",
    "lead.open_sharing": "Equipment and data of the laboratory, open to all members.",
    "members.1.chain_roles": ("production", "application"),
}
TOMORROW = date(2026, 11, 24)

# Rule → its clause and level, and changes that make it, and only it, find something.
FAILING = [
    ("focus_field", "2", BLOCK, {"focus_field_code": None}),
    ("focus_field", "2", BLOCK, {"focus_field_current": False}),
    ("goal_kind", "2", BLOCK, {"goal_kinds": ()}),
    ("goals", "2", BLOCK, {"goals": "short"}),
    ("bottleneck", "3.1", BLOCK, {"bottleneck": ""}),
    ("bottleneck", "3.1", BLOCK, {"bottleneck": "x" * 29 + " \n" * 30}),
    ("nanjing_strength", "3.1", BLOCK, {"nanjing_strength": " "}),
    ("chain_coverage", "3.1", WARN, {"members.1.chain_roles": ()}),
    ("agreement_document", "3.2", BLOCK, {"agreement.document": False}),
    ("agreement_date", "3.2", BLOCK, {"agreement.signed_on": None}),
    ("agreement_date", "3.2", BLOCK, {"agreement.signed_on": TOMORROW}),
    ("agreement_signatures", "3.2", BLOCK, {"agreement.lead_signed": False}),
    ("agreement_signatures", "3.2", BLOCK, {"members.1.signed": False}),
    ("results_sharing", "3.2", BLOCK, {"results_sharing": " \n"}),
    ("income_sharing", "3.2", BLOCK, {"income_sharing": ""}),
    ("sharing_in_detail", "3.3", ADVISE, {"results_sharing": "half each"}),
    ("sharing_in_detail", "3.3", ADVISE, {"income_sharing": "half each"}),
    ("member_confirmed", "3.2", BLOCK, {"members.0.confirmation": "pending"}),
    ("member_confirmed", "3.2", BLOCK, {"members.0.confirmation": "disputed"}),
    ("member_position", "3.2", BLOCK, {"members.0.position": ""}),
    ("division_of_work", "3.2", BLOCK, {"members.0.division_of_work": " "}),
    ("member_task", "3.2", WARN, {"tasks.0.unit_ids": (None, ENTERPRISE)}),
    ("task_units", "3.2", WARN, {"tasks": (replace(good_facts().tasks[0], unit_ids=()),) * 2}),
    ("mechanism_innovation", "3.2", ADVISE, {"governance.mechanism_innovation": ""}),
    ("working_mechanism", "3.3", ADVISE, {"governance.council_kind": "none"}),
    ("working_mechanism", "3.3", ADVISE, {"governance.council_kind": ""}),
    (
        "working_mechanism",
        "3.3",
        ADVISE,
        {"governance.council_kind": "other", "governance.mechanism": ""},
    ),
    ("council_chair", "3.3", ADVISE, {"governance.chair": ""}),
    ("council_chair", "3.3", ADVISE, {"governance.chair_is_lead_head": False}),
    ("chief_expert", "3.3", ADVISE, {"governance.chief_expert": ""}),
    ("advisory_committee", "3.3", ADVISE, {"governance.advisory_committee": ""}),
    (
        "lead_kind",
        "3.4",
        WARN,
        {"lead.lead_kind": "other", "members.1.chain_roles": ("production", "application")},
    ),
    (
        "lead_kind",
        "3.4",
        WARN,
        {"lead.lead_kind": "", "members.1.chain_roles": ("production", "application")},
    ),
    ("lead_figures", "3.4", WARN, {"lead.revenue": None}),
    ("lead_figures", "3.4", WARN, {"lead.rd_spend": None}),
    ("lead_figures", "3.4", WARN, {"lead.revenue": Decimal(0), "lead.rd_spend": Decimal(0)}),
    ("rd_above_revenue", "3.4", WARN, {"lead.rd_spend": Decimal("186400.01")}),
    ("platform_kind", "3.4", WARN, {**PLATFORM, "lead.platform_kind": ""}),
    ("platform_kind", "3.4", WARN, {**PLATFORM, "lead.platform_level": ""}),
    ("open_sharing", "3.4", ADVISE, {**PLATFORM, "lead.open_sharing": ""}),
    ("lead_figures_negative", "5.3", BLOCK, {"lead.rd_spend": Decimal("-1")}),
    ("unit_code", "3.5", BLOCK, {"members.0.uscc": "12320000XX00020147"}),
    ("unit_code", "3.5", BLOCK, {"lead.uscc": "", "filed_lead_uscc": None}),
    ("individual_business", "3.5", BLOCK, {"members.1.uscc": "92320115XX0003017B"}),
    ("distinct_from_lead", "3.5", BLOCK, {"members.1.uscc": LEAD_CODE.lower()}),
    ("distinct_members", "3.5", BLOCK, {"members.1.uscc": "12320000 XX00020146"}),
    ("branch_name", "3.5", WARN, {"members.1.name": "南京示例星火智能装备有限公司江宁分公司"}),
    ("branch_name", "3.5", WARN, {"lead.name": "示例设备有限公司（南京分公司）"}),
    ("organisation_code", "3.5", WARN, {"members.1.uscc": "91350100M000100Y56"}),
    ("academic_member", "3.5", WARN, {"members.0.kind": "platform"}),
    ("enterprise_capability", "3.5", WARN, {"members.1.capability": ""}),
    ("enterprise_capability", "3.5", WARN, {"members.1.capability": "strong"}),
    ("enterprise_rd_staff", "3.5", WARN, {"members.1.rd_staff": None}),
    ("enterprise_rd_staff", "3.5", WARN, {"members.1.rd_staff": 0}),
    ("enterprise_work", "3.5", WARN, {"tasks.0.unit_ids": (None, UNIVERSITY)}),
    ("academic_team", "3.5", WARN, {"members.0.team": "five people"}),
    ("academic_facilities", "3.5", WARN, {"members.0.facilities": ""}),
    ("has_members", "1", BLOCK, {"members": ()}),
    ("key_tasks", "1", BLOCK, {"tasks": ()}),
    ("term", "1", WARN, {"term_months": 48}),
    ("milestones_in_term", "5.1", BLOCK, {"tasks.0.milestones.1.month": 37}),
    ("milestones_in_term", "5.1", BLOCK, {"tasks.0.milestones.0.month": 0}),
    ("milestones_in_term", "5.1", BLOCK, {"tasks.0.milestones.0.month": None}),
    ("task_funds", "5.3", BLOCK, {"tasks.0.own_funds": Decimal("2000.01")}),
    ("task_funds", "5.3", BLOCK, {"tasks.0.own_funds": Decimal("-1")}),
    ("task_milestones", "", WARN, {"tasks.0.milestones": ()}),
    ("task_budget", "", WARN, {"tasks.0.budget": None}),
    ("lead_in_nanjing", "", WARN, {"lead.in_nanjing": False, "lead.district": ""}),
    ("credit_record", "5.3", BLOCK, {"credit_records": (RECORD,)}),
    ("credit_record", "5.3", BLOCK, {"credit_records": (replace(RECORD, valid_to=None),)}),
    ("credit_record", "5.3", BLOCK, {"credit_records": (replace(RECORD, valid_to=TODAY),)}),
    ("lead_unchanged", "5.3", BLOCK, {"filed_lead_uscc": "91320104XX0001089F"}),
    ("supplementary_agreement", "5.3", BLOCK, {"changes.0.has_supplementary_agreement": False}),
]
# What else such a change can't help breaking.
ALSO = {
    "has_members": {"academic_member", "chain_coverage"},
    "key_tasks": {"member_task", "enterprise_work"},
    "task_units": {"member_task", "enterprise_work"},
}
# Facts near the edge that a rule has nothing against.
PASSING = [
    ("bottleneck", {"bottleneck": "x" * 30}),
    ("agreement_date", {"agreement.signed_on": TODAY}),
    ("working_mechanism", {"governance.council_kind": "other"}),
    ("council_chair", {"governance.council_kind": "other", "governance.chair": ""}),
    ("lead_kind", PLATFORM),
    ("lead_figures", {**PLATFORM, "lead.revenue": None, "lead.rd_spend": None}),
    ("platform_kind", PLATFORM),
    ("rd_above_revenue", {"lead.rd_spend": Decimal("186400.00")}),
    ("unit_code", {"members.0.uscc": " 12320000-xx00020146"}),
    ("branch_name", {"members.1.name": "南京示例分公司管理有限公司"}),
    ("academic_member", {"members.0.kind": "institute"}),
    ("chain_coverage", {**PLATFORM, "members.0.chain_roles": ("learning",)}),
    ("term", {"term_months": 36}),
    ("milestones_in_term", {"tasks.0.milestones.0.month": 1}),
    ("milestones_in_term", {"term_months": 48, "tasks.0.milestones.1.month": 48}),
    ("task_funds", {"tasks.0.own_funds": Decimal("2000.00")}),
    ("credit_record", {"credit_records": (replace(RECORD, valid_to=date(2026, 11, 22)),)}),
    ("credit_record", {"credit_records": (replace(RECORD, valid_from=TOMORROW),)}),
    ("lead_unchanged", {"filed_lead_uscc": None}),
    ("supplementary_agreement", {"changes": (CHANGE, CHANGE)}),
]
ATTACHED = {"papers": (PaperFacts("licence", None), PaperFacts("licence", UNIVERSITY))}
# The parameters of the policy: (rule, thresholds, changes, does it find something?)
BY_POLICY = [
    ("least_revenue", {"min_revenue": Decimal("186400.01")}, {}, True),
    ("least_revenue", {"min_revenue": Decimal("186400.00")}, {}, False),
    ("least_revenue", {"min_revenue": None}, {"lead.revenue": Decimal(1)}, False),
    ("least_revenue", {"min_revenue": Decimal("999999")}, PLATFORM, False),
    ("least_rd_intensity", {"min_rd_intensity": Decimal("6.41")}, {}, True),
    ("least_rd_intensity", {"min_rd_intensity": Decimal("6.40")}, {}, False),
    ("least_rd_intensity", {"min_rd_intensity": Decimal("99")}, PLATFORM, False),
    ("enough_members", {"min_members": 3}, {}, True),
    ("enough_members", {"min_members": 2}, {}, False),
    ("enough_members", {"min_members": 2}, {"members": ()}, False),
    ("lead_in_nanjing", {"require_nanjing_lead": False}, {"lead.in_nanjing": False}, False),
    ("term", {"term_months": 24}, {}, True),
    ("term", {"term_months": 48}, {"term_months": 48}, False),
    ("bottleneck", {"min_text_length": 200}, {}, True),
    ("required_documents", {"papers": (AskedPaper("lead", "", "licence"),)}, {}, True),
    ("required_documents", {"papers": (AskedPaper("lead", "", "licence"),)}, ATTACHED, False),
    ("required_documents", {"papers": (AskedPaper("lead", "enterprise", "licence"),)}, {}, False),
    ("required_documents", {"papers": (AskedPaper("member", "university", "licence"),)}, {}, True),
    ("required_documents", {"papers": (AskedPaper("member", "", "licence"),)}, ATTACHED, True),
    ("bottleneck", {"min_text_length": 0}, {"bottleneck": ""}, True),
]
# The table of design section 3, row by row: the rules that serve it.
TABLE = {
    ("2", BLOCK): {"focus_field", "goal_kind", "goals"},
    ("3.1", BLOCK): {"bottleneck", "nanjing_strength"},
    ("3.2", BLOCK): {
        "agreement_document",
        "agreement_date",
        "agreement_signatures",
        "results_sharing",
        "income_sharing",
        "member_confirmed",
    },
    ("3.3", ADVISE): {"working_mechanism", "council_chair", "chief_expert", "advisory_committee"},
    ("3.4", WARN): {"lead_kind", "lead_figures", "platform_kind"},
    ("3.5", BLOCK): {"unit_code", "individual_business", "distinct_from_lead", "distinct_members"},
    ("3.5", WARN): {
        "academic_member",
        "enterprise_capability",
        "enterprise_work",
        "academic_team",
        "academic_facilities",
    },
    ("5.3", BLOCK): {"credit_record", "lead_unchanged", "supplementary_agreement"},
    ("5.1", BLOCK): {"milestones_in_term"},
}


def rules_found(facts, **thresholds) -> set[str]:
    return {finding.rule for finding in evaluate(FILING_RULES, facts, Thresholds(**thresholds))}


def test_nothing_is_found_in_a_good_filing():
    assert evaluate(FILING_RULES, good_facts(), Thresholds()) == ()
    assert rules_found(changed(good_facts(), PLATFORM)) == set()


@pytest.mark.parametrize(("rule", "clause", "level", "changes"), FAILING)
def test_a_rule_finds_what_it_is_for_and_no_other_does(rule, clause, level, changes):
    facts = changed(good_facts(), changes)
    found = evaluate(FILING_RULES, facts, Thresholds())
    assert {finding.rule for finding in found} == {rule} | ALSO.get(rule, set())
    own = [finding for finding in found if finding.rule == rule]
    assert {(finding.clause, finding.level) for finding in own} == {(clause, level)}


@pytest.mark.parametrize(("rule", "changes"), PASSING)
def test_a_rule_has_nothing_against_what_is_just_right(rule, changes):
    assert rule not in rules_found(changed(good_facts(), changes))


@pytest.mark.parametrize(("rule", "thresholds", "changes", "finds"), BY_POLICY)
def test_a_threshold_is_the_policy_s(rule, thresholds, changes, finds):
    assert (rule in rules_found(changed(good_facts(), changes), **thresholds)) is finds


def test_every_rule_is_shown_to_fail_and_every_id_is_once():
    shown = {rule for rule, *_rest in FAILING} | {
        rule for rule, _t, _c, finds in BY_POLICY if finds
    }
    assert shown == set(RULES_BY_ID)
    assert len(FILING_RULES) == len(RULES_BY_ID)


@pytest.mark.parametrize(("row", "rules"), TABLE.items())
def test_every_row_of_the_design_s_table_has_its_rules(row, rules):
    assert {(RULES_BY_ID[rule].clause, RULES_BY_ID[rule].level) for rule in rules} == {row}


@pytest.mark.parametrize("rule", FILING_RULES, ids=lambda rule: rule.id)
def test_a_rule_cites_its_clause_or_owns_that_it_is_practice(rule):
    if rule.source is Source.PRACTICE:
        assert rule.clause == ""
        assert rule.level is WARN
        assert "clause" not in rule.basis.lower()
    else:
        assert re.fullmatch(r"\d(\.\d)?", rule.clause)
        assert rule.clause in rule.basis
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", rule.id)
    assert rule.step in Section.values
    assert rule.title_text
    assert rule.asks_text.endswith(".")


@pytest.mark.parametrize(("rule", "clause", "level", "changes"), FAILING)
def test_a_finding_says_what_was_found_and_what_to_do(rule, clause, level, changes):
    for finding in evaluate((RULES_BY_ID[rule],), changed(good_facts(), changes), Thresholds()):
        assert finding.message
        assert finding.remedy.endswith(".")
        assert "%(" not in finding.title + finding.message + finding.remedy
        assert finding.step in Section.values


@pytest.mark.parametrize(
    ("changes", "member_id", "name"),
    [
        ({"members.0.signed": False}, UNIVERSITY, "Eastern University"),
        ({"members.1.confirmation": "disputed"}, ENTERPRISE, "Aviation Works"),
        ({"members.1.capability": ""}, ENTERPRISE, "Aviation Works"),
        ({"credit_records": (RECORD,)}, ENTERPRISE, "Aviation Works"),
        ({"agreement.lead_signed": False}, None, "Spark Equipment"),
    ],
)
def test_a_finding_names_the_unit_it_is_about(changes, member_id, name):
    (finding,) = evaluate(FILING_RULES, changed(good_facts(), changes), Thresholds())
    assert finding.member_id == member_id
    assert name in finding.message


def test_a_missing_paper_is_told_of_each_unit_by_the_portal_s_name_for_it():
    asked = tuple(AskedPaper(party, "", "licence") for party in ("lead", "member"))
    facts = changed(good_facts(), ATTACHED)
    (finding,) = evaluate(FILING_RULES, facts, Thresholds(papers=asked))
    assert (finding.member_id, finding.evidence) == (ENTERPRISE, {"paper": "licence"})
    assert "Aviation Works" in finding.message
    never_asked = (DocumentKind.AGREEMENT, *AFTER_FILING)
    kinds = {kind.value: kind.label for kind in DocumentKind if kind not in never_asked}
    assert {kind: gettext(name) for kind, name in NAMES.items()} == kinds


def test_the_map_of_clauses_names_every_rule():
    text = (Path(__file__).parents[3] / "docs" / "clauses.md").read_text()
    assert set(re.findall(r"`([a-z_]+)`", text)) >= set(RULES_BY_ID)
