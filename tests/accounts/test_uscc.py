import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import uscc

# Issued codes that stand in public sources, the worked example of the standard, and made-up ones
# whose check characters are the edges of the alphabet.
VALID = (
    "914403001922038216",
    "91440300708461136T",
    "12100000400000624D",
    "12100000400002259P",
    "12100000466006770Q",
    "91320191726079387X",
    "91110108551385082Q",
    "91370200264574251E",
    "91100000100003962T",
    "91350100M000100Y43",
    "91320115XX00043000",
    "91320115XX00043780",
    "91320115XX0004255Y",
)

bodies = st.text(alphabet=uscc.ALPHABET, min_size=17, max_size=17)
codes = bodies.map(lambda body: body + uscc.check_character(body))


@pytest.mark.parametrize("code", VALID)
def test_a_known_code_is_valid_with_its_organisation_code(code):
    assert uscc.is_valid(code)
    assert uscc.explain(code) is None
    assert uscc.organisation_code_is_valid(code)


def test_the_misprinted_example_of_the_standard_is_refused():
    assert uscc.check_character("91350100M000100Y4") == "3"
    assert uscc.explain("91350100M000100Y4Z") is uscc.Fault.ALPHABET


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", uscc.Fault.LENGTH),
        ("91350100M000100Y4", uscc.Fault.LENGTH),
        ("91350100M000100Y433", uscc.Fault.LENGTH),
        ("9135O100M000100Y43", uscc.Fault.ALPHABET),
        ("91350100m000100y43", uscc.Fault.ALPHABET),
        ("９1350100M000100Y43", uscc.Fault.ALPHABET),
        ("91350100M000100Y44", uscc.Fault.CHECK),
    ],
)
def test_what_is_wrong_is_told_apart_and_has_words(code, fault):
    assert uscc.explain(code) is fault
    assert not uscc.is_valid(code)
    assert str(uscc.FAULT_TEXTS[fault])


@pytest.mark.parametrize(
    "typed",
    [
        "91350100m000100y43",
        " 9135 0100 M000 100Y43 ",
        "91350100-M000100Y4-3",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "91350100\u200bM000100Y43\ufeff",
        "91350100\u2013M000100Y4\u22123",
        "91350100\u3000M000100Y43\n",
    ],
)
def test_what_people_type_and_paste_is_normalised(typed):
    assert uscc.normalise(typed) == "91350100M000100Y43"


def test_letters_are_never_turned_into_digits():
    assert uscc.normalise("9135O1OOMOOO1OOY43") == "9135O1OOMOOO1OOY43"


def test_a_look_alike_is_suggested_only_when_it_makes_a_valid_code():
    assert uscc.suggestion("9135O1OOMOOO1OOY43") == "91350100M000100Y43"
    assert uscc.suggestion("9I350100M000100Y43") == "91350100M000100Y43"
    assert uscc.suggestion("9135O1OOMOOO1OOY44") is None
    assert uscc.suggestion("91350100M000100Y43") is None


@pytest.mark.parametrize("body", ["", "91350100M000100Y", "91350100M000100YO"])
def test_no_check_character_without_a_proper_beginning(body):
    with pytest.raises(ValueError, match="not the beginning"):
        uscc.check_character(body)


def test_the_organisation_code_has_a_check_of_its_own():
    body = "91350100M000100Y5"
    code = body + uscc.check_character(body)
    assert uscc.is_valid(code)
    assert not uscc.organisation_code_is_valid(code)


def test_an_individual_business_is_told_by_its_prefix():
    assert uscc.is_individual_business("92320115XX0003017B")
    assert not uscc.is_individual_business("91320115XX00030259")


@given(codes)
def test_every_single_wrong_character_is_caught(code):
    for place in range(uscc.LENGTH):
        for character in uscc.ALPHABET.replace(code[place], ""):
            assert not uscc.is_valid(code[:place] + character + code[place + 1 :])


@given(codes)
def test_every_swap_of_neighbours_is_caught(code):
    for place in range(uscc.LENGTH - 1):
        left, right = code[place], code[place + 1]
        swapped = code[:place] + right + left + code[place + 2 :]
        assert uscc.is_valid(swapped) == (left == right)


@given(codes, st.sampled_from([" ", "-", "\u200b", "\u3000", ""]))
def test_a_code_survives_any_dress(code, between):
    dressed = between.join(code).lower()
    assert uscc.normalise(dressed) == code


@given(st.text())
def test_no_text_is_too_strange_to_be_judged(text):
    code = uscc.normalise(text)
    assert uscc.is_valid(code) == (uscc.explain(code) is None)
    assert uscc.suggestion(code) is None or uscc.is_valid(uscc.suggestion(code))
