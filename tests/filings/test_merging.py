"""Field by field: what may be written, what must be chosen, what the other one's saving decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.merging import Choice, Merge, Seen, merge

A, B, C = "先", "后", "又"


def outcome(seen, mine, theirs, *, clashing=False, choice=None) -> str:
    """The one field's fate in a word."""
    names = frozenset({"goals"}) if clashing else frozenset()
    found = merge(
        Seen({} if seen is None else {"goals": seen}, names),
        {"goals": mine},
        {"goals": theirs},
        {"goals": choice} if choice else {},
    )
    fates = [fate for fate in ("write", "clashes", "taken") if getattr(found, fate)]
    assert len(fates) <= 1
    return fates[0] if fates else "same"


@pytest.mark.parametrize(
    ("seen", "mine", "theirs", "fate"),
    [
        (A, A, A, "same"),
        (A, B, A, "write"),
        (A, A, B, "taken"),
        (A, B, B, "same"),
        (A, B, C, "clashes"),
        (None, B, A, "clashes"),
        (None, A, A, "same"),
    ],
)
def test_a_field_that_one_side_touched_goes_through(seen, mine, theirs, fate):
    assert outcome(seen, mine, theirs) == fate


@pytest.mark.parametrize(
    ("seen", "mine", "theirs", "choice", "fate"),
    [
        (B, A, B, None, "clashes"),
        (B, A, B, Choice.MINE, "write"),
        (B, A, B, Choice.THEIRS, "taken"),
        (B, A, B, "nonsense", "clashes"),
        # Meanwhile it was saved once more: what was chosen against is gone, so it is asked again.
        (B, A, C, Choice.MINE, "clashes"),
        (B, A, C, Choice.THEIRS, "clashes"),
        (B, B, B, None, "same"),
    ],
)
def test_a_clash_stands_until_somebody_chooses(seen, mine, theirs, choice, fate):
    assert outcome(seen, mine, theirs, clashing=True, choice=choice) == fate


def test_a_choice_that_was_never_asked_for_counts_for_nothing():
    assert outcome(A, B, C, choice=Choice.MINE) == "clashes"


def test_what_the_page_sends_back_is_what_it_showed():
    data = {"seen-name": '"甲"', "seen-goals": "null", "clash-goals": '["a"]', "seen-other": "1"}
    seen = Seen.from_post(data, ["name", "goals", "standing"])
    assert seen == Seen({"name": "甲", "goals": ["a"]}, frozenset({"goals"}))


@pytest.mark.parametrize("mangled", ["", "{", "undefined"])
def test_what_was_mangled_was_not_seen(mangled):
    assert Seen.from_post({"seen-goals": mangled}, ["goals"]) == Seen()
    assert Seen.from_post({"seen-goals": "1", "clash-goals": mangled}, ["goals"]) == Seen()


values = st.one_of(st.none(), st.booleans(), st.text(max_size=3), st.lists(st.integers(0, 2)))
fields = st.dictionaries(st.sampled_from("abcd"), values)


choices_made = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["mine", "theirs", "x"]))


@given(fields, fields, fields, st.sets(st.sampled_from("abcd")), choices_made)
def test_nothing_that_was_not_seen_is_ever_overwritten(seen, mine, stored, clashing, choices):
    theirs = {name: stored.get(name) for name in mine}
    shown = Seen(seen, frozenset(clashing))
    found = merge(shown, mine, theirs, choices)
    assert found.write | found.clashes | found.taken <= set(mine)
    for name in found.write:
        assert name in seen
        assert seen[name] == theirs[name]
    # The page now shows the stored values where the other's stand; what is left to choose can be
    # chosen at the next save, and then nothing is left.
    stands = theirs | {name: mine[name] for name in found.write}
    shows = mine | {name: theirs[name] for name in found.taken}
    chosen = merge(
        Seen(stands, found.clashes), shows, stands, dict.fromkeys(found.clashes, Choice.MINE)
    )
    assert chosen == Merge(found.clashes, frozenset(), frozenset())


def test_an_empty_save_has_no_parts():
    assert merge(Seen(), {}, {}) == Merge(frozenset(), frozenset(), frozenset())
