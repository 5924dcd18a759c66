"""The table of moves by itself: what follows from it, whichever way a request goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.support.states import (
    APPLICANT_WORDS,
    EDITABLE,
    MOVES,
    SUPPORTED,
    Action,
    Actor,
    Status,
)

walks = st.lists(st.sampled_from(list(Action)), max_size=30)


def walk(actions) -> list[Status]:
    """The states of a request that takes those of the actions that the table allows."""
    states = [Status.DRAFT]
    for action in actions:
        if states[-1] in MOVES[action].who:
            states.append(MOVES[action].target)
    return states


def test_every_state_can_be_reached():
    seen = {Status.DRAFT}
    for _round in Status:
        seen |= {move.target for move in MOVES.values() if seen & set(move.who)}
    assert seen == set(Status)


def test_every_action_has_its_row_and_every_state_its_words():
    assert set(MOVES) == set(Action)
    assert set(APPLICANT_WORDS) == set(Status)


@given(walks)
def test_what_was_decided_is_never_the_askers_to_take_back(actions):
    states = walk(actions)
    decided = {*SUPPORTED, Status.DECLINED}
    first = next((n for n, state in enumerate(states) if state in decided), len(states))
    assert set(states[first:]) <= decided


@given(walks)
def test_nothing_is_supported_that_was_not_assessed(actions):
    states = walk(actions)
    for n, state in enumerate(states):
        if state in SUPPORTED:
            assert Status.ASSESSED in states[:n]


@given(walks)
def test_whoever_has_the_ball_has_it_alone(actions):
    state = walk(actions)[-1]
    asker = [m for m in MOVES.values() if state in m.who and Actor.ASKER in m.who[state]]
    bureau = [m for m in MOVES.values() if state in m.who and Actor.ASKER not in m.who[state]]
    if state in EDITABLE:
        assert not bureau
    else:
        assert {move.action for move in asker} <= {Action.WITHDRAW}


@pytest.mark.parametrize("action", [Action.RETURN, Action.ASSESS, Action.FORWARD, Action.DECLINE])
def test_what_must_be_explained_needs_a_reason(action):
    assert MOVES[action].needs_reason
