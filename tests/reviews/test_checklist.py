"""The checklists of intake and review: the rules answer first, the officer last, the moves ask."""

import pytest

from filings.models import ChecklistAnswer, ChecklistItem, Event, Policy
from filings.refusals import NotPermitted, Refused
from filings.states import Action, Entry, Status
from filings.transitions import perform
from reviews import checklist
from reviews.checklist import Given
from reviews.dossier import latest
from tests.factories import ConsortiumFactory, comment_on
from tests.people import as_
from tests.reviews.test_dossier import filing as justified

__all__ = ["justified"]

pytestmark = pytest.mark.django_db
INTAKE, REVIEW = ChecklistItem.Stage


@pytest.fixture
def filing(lead_owner):
    filing = ConsortiumFactory(
        submitted=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    ChecklistAnswer.objects.all().delete()
    return filing


def address(filing, rest="checklist/") -> str:
    return f"/admin/filings/consortium/{filing.pk}/{rest}"


def items(stage):
    return list(Policy.objects.in_force().checklist_items.filter(stage=stage))


def all_yes(stage) -> dict:
    return {f"value-{item.pk}": "yes" for item in items(stage)}


def page(client, filing):
    return client.get(address(filing, "change/?tab=checklist"))


def with_rule(rule: str) -> ChecklistItem:
    return ChecklistItem.objects.get(rule=rule)


def test_intake_is_answered_before_it_is_accepted_and_review_before_it_is_recommended(
    filing, intake, reviewer
):
    desk = as_(intake)
    with pytest.raises(Refused, match="组建协议已上传") as refused:
        perform(filing.pk, Action.ACCEPT, actor=intake)
    assert "8" in str(refused.value.message)
    assert "组建协议已上传" in desk.get(address(filing, "accept/")).context["refusal"]

    part = all_yes(INTAKE)
    left = part.popitem()
    assert desk.post(address(filing), part).status_code == 302
    with pytest.raises(Refused, match=items(INTAKE)[-1].text.rstrip("。")):
        perform(filing.pk, Action.ACCEPT, actor=intake)
    desk.post(address(filing), dict([left]))
    perform(filing.pk, Action.ACCEPT, actor=intake)

    with pytest.raises(Refused, match=items(REVIEW)[0].text.rstrip("。")):
        perform(filing.pk, Action.RECOMMEND, actor=reviewer)
    as_(reviewer).post(address(filing), all_yes(REVIEW))
    perform(filing.pk, Action.RECOMMEND, actor=reviewer)


def test_the_rules_answers_come_first_with_their_evidence(justified, intake):
    questions = checklist.questions_of(justified.submissions.get())
    by_rule = {question.item.rule: question for question in questions if question.item.rule}
    assert {rule for rule, question in by_rule.items() if question.ruled == "no"} == {
        "academic_member"
    }
    assert all(question.suggested == question.ruled for question in by_rule.values())
    assert by_rule["academic_member"].evidence[0].message in page(as_(intake), justified).text


def test_a_rule_is_overruled_only_with_a_reason_which_stays(filing, intake):
    desk, item = as_(intake), with_rule("agreement_document")
    note = {f"note-{item.pk}": "扫描件不清晰"}
    answer = desk.post(address(filing), {f"value-{item.pk}": "no"} | note)
    form = next(s["form"] for s in answer.context["stages"] if s["form"])
    assert form.errors[f"reason-{item.pk}"]
    assert form[f"note-{item.pk}"].value() == "扫描件不清晰"
    with pytest.raises(Refused):
        checklist.answer(filing.pk, user=intake, stage=INTAKE, given={item.pk: Given("no")})
    assert not ChecklistAnswer.objects.exists()

    reason = {f"reason-{item.pk}": "第三页无法辨认"}
    desk.post(address(filing), {f"value-{item.pk}": "no"} | note | reason)
    kept = ChecklistAnswer.objects.get()
    assert (kept.value, kept.ruled, kept.reason) == ("no", "yes", "第三页无法辨认")
    event = Event.objects.get(action=Entry.OVERRULED)
    assert (event.data["before"], event.data["after"]) == ("yes", "no")
    assert (event.reason, event.actor) == ("第三页无法辨认", intake)
    desk.post(address(filing), {f"value-{item.pk}": "no"} | note | reason)
    assert Event.objects.filter(action=Entry.OVERRULED).count() == 1
    desk.post(address(filing), {f"value-{item.pk}": "yes"})
    kept.refresh_from_db()
    assert (kept.value, kept.reason) == ("yes", "")


def test_the_units_do_not_read_what_was_overruled(filing, intake, lead_owner):
    item = with_rule("agreement_document")
    given = {item.pk: Given("no", "扫描件不清晰", "第三页无法辨认")}
    checklist.answer(filing.pk, user=intake, stage=INTAKE, given=given)
    for rest in ("", "submissions/1/", "filing.json"):
        response = as_(lead_owner).get(f"/filings/{filing.pk}/{rest}")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert "第三页无法辨认" not in body.decode()
        assert "扫描件不清晰" not in body.decode()


def test_a_no_without_a_rule_says_what_is_missing(filing, intake):
    item = next(item for item in items(INTAKE) if not item.rule)
    response = as_(intake).post(address(filing), {f"value-{item.pk}": "no"})
    form = next(s["form"] for s in response.context["stages"] if s["form"])
    assert form.errors[f"note-{item.pk}"]


@pytest.mark.parametrize("cast", ["reviewer", "decider", "auditor", "administrator"])
def test_only_the_officer_whose_turn_it_is_answers(cast, filing, request):
    user = request.getfixturevalue(cast)
    shown = page(as_(user), filing)
    assert shown.status_code == 200
    assert items(INTAKE)[0].text in shown.text
    assert not [stage for stage in shown.context["stages"] if stage["form"]]
    assert as_(user).post(address(filing), all_yes(INTAKE)).status_code == 404
    with pytest.raises(NotPermitted):
        checklist.answer(filing.pk, user=user, stage=INTAKE, given={})
    assert not ChecklistAnswer.objects.exists()


def test_a_new_submission_is_answered_anew_from_the_answers_before(filing, intake, lead_owner):
    item = next(item for item in items(INTAKE) if not item.rule)
    given = {item.pk: Given("na", "不涉及")}
    checklist.answer(filing.pk, user=intake, stage=INTAKE, given=given)
    comment_on(filing)
    perform(filing.pk, Action.RETURN, actor=intake)
    filing.comments.update(answer="已改。")
    perform(filing.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    filing.refresh_from_db()
    assert filing.status == Status.SUBMITTED
    dossier = latest(filing)
    questions = checklist.questions_of(dossier.submission, dossier.previous)
    question = next(q for q in questions if q.item == item)
    assert (question.answer, question.suggested) == (None, "na")
    with pytest.raises(Refused, match=item.text.rstrip("。")):
        perform(filing.pk, Action.ACCEPT, actor=intake)


def test_a_policy_without_a_checklist_asks_nothing(filing, intake):
    ChecklistItem.objects.all().delete()
    perform(filing.pk, Action.ACCEPT, actor=intake)
