"""Text as tokens: what is kept of a text, and what a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.bigrams import LONGEST_TOKEN, MOST_ASKED, TooShort, asked, tokens


def found(question: str, text: str) -> bool:
    """The rule that both databases follow: every token occurs, or begins one that does."""
    there = tokens([text])
    return all(
        any(token.startswith(wanted) if goes_on else token == wanted for token in there)
        for wanted, goes_on in asked(question)
    )


TEXT = "高精度谐波减速器（RV-40E），基于5G通信；GaN 功率器件，宁创联备〔2026〕12号，Ａ股，第1期、第12批"


@pytest.mark.parametrize(
    "question",
    ["谐波", "减速器", "谐波减速器", "高精 功率", "rv-40", "RV", "40e", "gan", "Ga", "5g通信", "5G", "2026〕12号",
     "Ａ股", "A股", "第1", "第12批", "通信；GaN", "号 12", "器 谐波"],
)  # fmt: skip
def test_what_occurs_is_found(question):
    assert found(question, TEXT)


@pytest.mark.parametrize(
    "question", ["速减", "波谐", "aN", "40f", "2027", "第2批", "谐波 铜", "0E", "G通信"]
)
def test_what_does_not_occur_is_not_found(question):
    assert not found(question, TEXT)


@pytest.mark.parametrize(
    "question", ["", " ", "减", "x", "🙂", "🙂🙂", "%", "' O", '"', "*", "－", "、。"]
)
def test_less_than_two_characters_are_refused(question):
    with pytest.raises(TooShort):
        asked(question)


@given(st.text(max_size=600))
def test_whatever_is_asked_becomes_letters_and_digits(question):
    try:
        wanted = asked(question)
    except TooShort:
        return
    assert len(wanted) <= MOST_ASKED
    for token, _goes_on in wanted:
        assert 0 < len(token) <= LONGEST_TOKEN
        assert not set(token) & set(" '\"&|!()<>:*\\-^+\x00")


@given(st.text(min_size=2, max_size=80), st.integers(0, 40), st.integers(2, 12))
def test_a_part_of_chinese_text_finds_it(text, start, length):
    chinese = "".join(c for c in text if "\u4e00" <= c <= "\u9fff") or "谐波减速器"
    part = chinese[start % max(1, len(chinese) - 1) :][:length]
    if len(part) > 1:
        assert found(part, chinese)


def test_a_text_without_end_is_cut_off():
    endless = (f"word{n:09d}" for n in range(200_000))
    assert sum(len(token) for token in tokens(endless)) < 400_000


def test_a_long_word_is_found_by_its_beginning():
    word = "a" * 300
    assert found(word, word)
    assert found(word[:50], word)
