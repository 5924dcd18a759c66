"""Tasks, milestones, term and money (clauses 1, 3.2, 5.1 and 5.3)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule, Source
from filings.eligibility.facts import FilingFacts, Thresholds
from filings.eligibility.text import Text
from filings.sections import Section


def key_tasks(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.tasks:
        yield Observation(
            Text(_("No key task is named.")),
            Text(
                _("Add the tasks that the consortium tackles, each with its units and milestones.")
            ),
            {"tasks": 0},
        )


def milestones_in_term(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for task in facts.tasks:
        for milestone in task.milestones:
            month = milestone.month
            if month is not None and 1 <= month <= facts.term_months:
                continue
            names = {"milestone": milestone.title, "task": task.title}
            yield Observation(
                Text(_("Milestone %(milestone)s of task %(task)s has no month."), names)
                if month is None
                else Text(
                    _(
                        "Milestone %(milestone)s of task %(task)s is set for month %(month)s; the "
                        "term has months 1 to %(term)s."
                    ),
                    {**names, "month": month, "term": facts.term_months},
                ),
                Text(
                    _("Set it for a month between 1 and %(term)s."),
                    {"term": facts.term_months},
                ),
                {"task": task.id, "milestone": milestone.id, "month": month},
            )


def term(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if facts.term_months != limits.term_months:
        yield Observation(
            Text(
                _("The term is %(months)s months; in principle it is %(usual)s."),
                {"months": facts.term_months, "usual": limits.term_months},
            ),
            Text(
                _("Set it to %(usual)s months, or say why the tasks need another term."),
                {"usual": limits.term_months},
            ),
            {"months": facts.term_months, "usual": limits.term_months},
        )


def task_units(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for task in facts.tasks:
        if not task.unit_ids:
            yield Observation(
                Text(_("No unit works on task %(task)s."), {"task": task.title}),
                Text(_("Name the units that take part in the task.")),
                {"task": task.id},
            )


def task_milestones(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for task in facts.tasks:
        if not task.milestones:
            yield Observation(
                Text(_("Task %(task)s has no milestone."), {"task": task.title}),
                Text(_("Add at least one milestone by which progress can be seen.")),
                {"task": task.id},
            )


def task_budget(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for task in facts.tasks:
        if not task.budget:
            yield Observation(
                Text(_("Task %(task)s has no budget."), {"task": task.title}),
                Text(_("Enter the budget of the task in 10k CNY, or say why it needs no money.")),
                {"task": task.id, "budget": task.budget},
            )


def task_funds(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    for task in facts.tasks:
        budget, own = task.budget or 0, task.own_funds or 0
        if min(budget, own) < 0:
            message = _("Task %(task)s has an amount below zero.")
        elif task.budget is not None and own > budget:
            message = _(
                "Task %(task)s is to cost %(budget)s, yet %(own)s of it are own funds (10k CNY)."
            )
        else:
            continue
        yield Observation(
            Text(
                message,
                {"task": task.title, "budget": task.budget, "own": task.own_funds},
            ),
            Text(_("Correct the amounts: own funds are a part of the budget.")),
            {"task": task.id, "budget": task.budget, "own_funds": task.own_funds},
        )


RULES = (
    Rule(
        "key_tasks", "1", Level.BLOCK, _("Key tasks"),
        _("A consortium exists for the sake of key tasks that it tackles."),
        Section.TASKS, key_tasks,
    ),
    Rule(
        "milestones_in_term", "5.1", Level.BLOCK, _("Milestones within the term"),
        _("The filing ends with the term, so what is planned falls within it."),
        Section.TASKS, milestones_in_term, "month",
    ),
    Rule(
        "task_funds", "5.3", Level.BLOCK, _("Money that adds up"),
        _("What is filed must be true; figures that contradict each other can't be."),
        Section.TASKS, task_funds, "own_funds",
    ),
    Rule(
        "term", "1", Level.WARN, _("A term of three years"),
        _("In principle the term is three years."),
        Section.AGREEMENT, term, "term_months",
    ),
    Rule(
        "task_units", "3.2", Level.WARN, _("Units for each task"),
        _("The work is clearly divided among the units."),
        Section.TASKS, task_units, "members",
    ),
    Rule(
        "task_milestones", "", Level.WARN, _("Milestones for each task"),
        _("The bureau looks for milestones in each task; the guideline names none."),
        Section.TASKS, task_milestones, "", Source.PRACTICE,
    ),
    Rule(
        "task_budget", "", Level.WARN, _("A budget for each task"),
        _("The bureau looks for a budget of each task; the guideline names none."),
        Section.TASKS, task_budget, "budget", Source.PRACTICE,
    ),
)  # fmt: skip
