"""What a consortium may ask for (section four of the guideline): the kinds, who asks, with what.

Pure: a table that forms, checks, lists and sheets read. Money is in 10k CNY.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_noop as _


class Kind(TextChoices):
    TASK = "task", gettext_lazy("Key-technology task for the city's guide")
    CITY_PROJECT = "city_project", gettext_lazy("R&D project of the city")
    PROVINCIAL_PROJECT = (
        "provincial_project",
        gettext_lazy("Recommendation for a major provincial project"),
    )
    PROVINCIAL_CONSORTIUM = (
        "provincial_consortium",
        gettext_lazy("Recommendation as a provincial consortium"),
    )
    TALENT_PLAN = "talent_plan", gettext_lazy("National or provincial talent plan")
    TALENT_JOINT = "talent_joint", gettext_lazy("Joint application for talents")
    FINANCING = "financing", gettext_lazy("Financing need")


class TalentLevel(TextChoices):
    NATIONAL = "national", gettext_lazy("National")
    PROVINCIAL = "provincial", gettext_lazy("Provincial")


class TalentKind(TextChoices):
    """Whom clause 4.2 wants found and trained."""

    STRATEGIC = (
        "strategic",
        gettext_lazy("High-level talent with the makings of a strategic scientist"),
    )
    YOUNG = "young", gettext_lazy("Young talent of science and technology")


class MoneyKind(TextChoices):
    LOAN = "loan", pgettext_lazy("kind of money", "Bank loan")
    EQUITY = "equity", pgettext_lazy("kind of money", "Equity investment or fund")
    GUARANTEE = "guarantee", pgettext_lazy("kind of money", "Guarantee")
    INSURANCE = "insurance", pgettext_lazy("kind of money", "Science and technology insurance")
    LEASING = "leasing", pgettext_lazy("kind of money", "Leasing")
    OTHER = "other", pgettext_lazy("kind of money", "Other")


# The fields as a reader calls them, message ids; a measure may have its own words for one.
LABELS = {
    "title": _("title"),
    "programme": _("plan or programme"),
    "problem": _("problem to be solved"),
    "targets": _("goals and target figures"),
    "basis": _("basis and achievements"),
    "members": _("units that take part"),
    "funds": _("funds wanted"),
    "own_funds": _("own funds"),
    "months": _("period in months"),
    "level": _("level of the plan"),
    "talent_kind": _("kind of talent"),
    "person_name": _("name of the person"),
    "person_post": _("unit, post and title of the person"),
    "money_kind": _("kind of money"),
    "purpose": _("what it is for"),
    "institution": _("institution wanted"),
    "consent": _("consent to pass it on"),
    "contact_name": _("contact person"),
    "contact_phone": _("contact telephone"),
}
CONTACT = ("contact_name", "contact_phone")
# Who a request is about: for the bureau and the people of the asking unit alone.
PERSONAL = ("person_name", "person_post")
# What the consent to pass a financing need on covers, in this order; nothing else leaves.
SHARED = ("title", "money_kind", "funds", "months", "purpose", "institution", *CONTACT)


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of support.

    `asks` retells the clause, `after` says what follows the bureau's yes (message ids). Of
    `fields`, in the order of the form, `optional` may stay empty. `result` are the fields that a
    granted result must have beside its year.
    """

    clause: str
    asks: str
    after: str
    fields: tuple[str, ...]
    result: tuple[str, ...] = ()
    # Clause 4.2 speaks of the member units; everything else of the lead or of the consortium,
    # for which the lead acts.
    members_may_ask: bool = False
    optional: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks_text(self) -> str:
        return gettext(self.asks)

    @property
    def after_text(self) -> str:
        return gettext(self.after)

    def label_id(self, name: str) -> str:
        return self.labels.get(name, LABELS[name])

    def label(self, name: str) -> str:
        return gettext(self.label_id(name))


_WORK = ("problem", "targets", "members", "funds", "own_funds", "months")
_NO_PARTNER = frozenset({"members", "own_funds"})

MEASURES: Mapping[str, Measure] = {
    Kind.TASK: Measure(
        "4.1",
        _("The lead distils R&D tasks out of industrial practice for the city's guide."),
        _("It goes into the drafting of the city's guide. The result is recorded here."),
        ("title", *_WORK),
        result=("result_number",),
        optional=_NO_PARTNER,
        labels={"title": _("name of the task")},
    ),
    Kind.CITY_PROJECT: Measure(
        "4.1",
        _("Consortia that meet the conditions are supported with R&D projects of the city."),
        _("The bureau supports it in the city's procedure. The result is recorded here."),
        ("title", *_WORK),
        result=("result_number", "result_amount"),
        optional=_NO_PARTNER,
        labels={"title": _("name of the project")},
    ),
    Kind.PROVINCIAL_PROJECT: Measure(
        "4.1",
        _("Lead units are supported first when they apply for major projects of the province."),
        _("The bureau recommends it to the province. Apply there within its time as well."),
        ("title", "programme", *_WORK),
        result=("result_number", "result_amount"),
        optional=_NO_PARTNER,
        labels={"title": _("name of the project")},
    ),
    Kind.PROVINCIAL_CONSORTIUM: Measure(
        "4.1",
        _("Consortia are recommended first for provincial consortia (clauses 2 and 4.1)."),
        _("The bureau recommends it to the province. Apply there within its time as well."),
        ("title", "basis", "targets"),
        result=("result_institution",),
        labels={
            "title": _("name of the provincial consortium"),
            "basis": _("what the consortium has reached so far"),
        },
    ),
    Kind.TALENT_PLAN: Measure(
        "4.2",
        _("Member units are supported in applying for national and provincial talent plans."),
        _("The bureau passes it on to the office of the plan, which decides."),
        ("title", "level", "talent_kind", *PERSONAL, "basis"),
        members_may_ask=True,
        labels={"title": _("name of the talent plan")},
    ),
    Kind.TALENT_JOINT: Measure(
        "4.2",
        _("Member units are supported in forming joint applications of talents for R&D."),
        _("The bureau passes it on to the office in charge, which decides."),
        ("title", "programme", "members", *PERSONAL, "basis", "targets"),
        members_may_ask=True,
        optional=frozenset({"programme"}),
        labels={
            "title": _("name of the joint application"),
            "person_name": _("name of who leads the team"),
            "person_post": _("unit, post and title of who leads the team"),
        },
    ),
    Kind.FINANCING: Measure(
        "4.3",
        _("Banks, funds and investors are brought together with the consortium's needs."),
        _("With your consent the bureau passes it on; institutions get in touch with you."),
        ("title", "money_kind", "funds", "months", "purpose", "institution", "consent"),
        result=("result_institution", "result_amount"),
        optional=frozenset({"institution", "consent"}),
        labels={"title": _("short name of the need"), "funds": _("amount wanted")},
    ),
}


def is_for_members(kind: str) -> bool:
    """Whether a member unit may ask for it, beside the lead (clause 4.2)."""
    return MEASURES[kind].members_may_ask
