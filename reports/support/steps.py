"""What an officer can do with a request for support, as steps; `support.transitions` acts."""

from django.utils.translation import gettext_lazy as _

from filings.admin_steps import Step
from reports.support.desk_forms import MOVE_FORMS, RESULT_FIELDS, ResultForm
from reports.support.permissions import concerns, may_take
from reports.support.states import MOVES, Action
from reports.support.transitions import outlook, perform

_TONES = {Action.RETURN: "secondary", Action.FORWARD: "secondary", Action.DECLINE: "danger"}
_DONE = {
    Action.RETURN: _("Returned for completion: the unit has been told."),
    Action.ASSESS: _("The request is with the deciding officers."),
    Action.RECOMMEND: _("Recommended: the unit has been told."),
    Action.FORWARD: _("Passed on: the unit has been told."),
    Action.DECLINE: _("Not recommended: the unit has been told."),
}
_CONSEQUENCES = {
    Action.RETURN: _("The unit reads what is missing, completes the request and sends it again."),
    Action.ASSESS: _("Your opinion goes to the deciding officers, who recommend it or not."),
    Action.RECOMMEND: _(
        "The unit is told and reads what comes next. The result is recorded later."
    ),
    Action.FORWARD: _("The unit is told to whom. The result is recorded later."),
    Action.DECLINE: _("The unit reads the reason. It may ask anew another time."),
}


class MoveStep(Step):
    """A move of the table, with the state and record that speak for or against it."""

    template = "support/step.html"

    def __init__(self, action: Action):
        self.action = action
        self.name = str(action)
        self.label = MOVES[action].action.label
        self.form_class = MOVE_FORMS[action]
        self.tone = _TONES.get(action, "")
        self.done = _DONE[action]

    def concerns(self, user, obj):
        return concerns(user, self.action)

    def shown(self, user, obj):
        """While it is that officer's turn, also where something stands in the way."""
        return bool(may_take(user, self.action, obj))

    def answer(self, user, obj):
        return outlook(user, self.action, obj)

    def consequence(self, obj):
        return _CONSEQUENCES[self.action]

    def context(self, obj):
        return {"opinion": obj.events.filter(action=Action.ASSESS).last(), "request_": obj}

    def run(self, obj, user, data):
        perform(obj.pk, self.action, actor=user, **data)


class ResultStep(Step):
    """Record what came of it, or put a recorded result right."""

    name = "result"
    label = _("Record the result")
    form_class = ResultForm
    done = _("Recorded: the unit has been told.")

    def concerns(self, user, obj):
        return concerns(user, Action.GRANT)

    def shown(self, user, obj):
        return bool(self.answer(user, obj))

    def answer(self, user, obj):
        return outlook(user, Action.GRANT, obj)

    def consequence(self, obj):
        return _("The unit is told. What was recorded before stays in the history.")

    def run(self, obj, user, data):
        result = {name: data.pop(name) for name in RESULT_FIELDS}
        perform(obj.pk, data.pop("outcome"), actor=user, result=result, **data)


SUPPORT_STEPS = (*(MoveStep(action) for action in MOVE_FORMS), ResultStep())
