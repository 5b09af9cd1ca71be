"""What counts as a word, what a question asks for, and where it stands in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.search.snippets import snippet
from budget.search.words import grams, matches, phrases, places, units

SIGNS = "三公经费支出年，。“”（） \n2023,.aB"
texts = st.text(alphabet=SIGNS, max_size=40)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("费", "费"),
        ("三公", "三公 公"),
        ("“三公”经费", "三公 公经 经费 费"),
        ("支出。其中", "支出 出 b0 其中 中"),
        ("表1\n支出", "表 n1 b0 支出 出"),
        ("合　计", "合计 计"),
        ("1,561.09万元", "n1561d09 万元 元"),
        ("１２．５０％", "n12d5"),
        ("2010301", "n2010301"),
        ("GDP Ａ4", "gdp a n4"),
        ("𠮷田", "𠮷田 田"),
    ],
)
def test_a_character_is_written_with_the_next_one(text: str, written: str) -> None:
    assert grams(text) == written


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("三公经费", [("三公", "公经", "经费")]),
        ("经费 接待", [("经费",), ("接待",)]),
        ("支出，其中", [("支出",), ("其中",)]),
        ("2023年", [("n2023", "年")]),
        ("部门2023", [("部门", "门", "n2023")]),
        ("经费 经费", [("经费",)]),
        ("，。", []),
    ],
)
def test_a_question_is_phrases(query: str, asked: list[tuple[str, ...]]) -> None:
    assert [phrase.grams for phrase in phrases(query)] == asked


@pytest.mark.parametrize(
    ("text", "query", "is_found"),
    [
        ("“三公”经费预算", "三公经费", True),
        ("因公出国（境）费", "出国境费", True),
        ("1,561.00万元", "1561", True),
        ("1,561.09万元", "1561", False),
        ("2023年度", "2023年", True),
        ("2023\n年度", "2023年", False),
        ("支出。其中", "出其", False),
        ("经费与接待", "接待 经费", True),
        ("经费与接待", "接待 会议", False),
        ("ＧＤＰ", "gdp", True),
    ],
)
def test_a_text_has_all_phrases_or_is_not_found(text: str, query: str, is_found: bool) -> None:
    assert matches(text, phrases(query)) is is_found


def test_what_is_found_is_marked_as_it_is_printed() -> None:
    text = "收入1,561.09万元，“三公”经费3.00万元。"
    found = places(text, phrases("1561.09 三公经费"))
    assert [text[start:end] for start, end in found] == ["1,561.09", "三公”经费"]


def test_a_snippet_begins_before_the_first_word_and_marks_every_one() -> None:
    shown = snippet("甲" * 100 + "接待" + "乙" * 10 + "接待" + "丙" * 200, phrases("接待"))
    assert [piece.text for piece in shown if piece.is_marked] == ["接待", "接待"]
    # 30 before the first word, 120 in all: 30 + 2 + 10 + 2 leave 76 behind the second.
    assert [piece.text for piece in shown] == [
        "…", "甲" * 30, "接待", "乙" * 10, "接待", "丙" * 76, "…",
    ]  # fmt: skip


def test_a_short_text_is_shown_whole() -> None:
    shown = snippet("201\n公务接待费\n3.00", phrases("接待"))
    assert "".join(piece.text for piece in shown) == "201　公务接待费　3.00"


@given(texts)
def test_every_unit_has_one_word_and_every_break_one_more(text: str) -> None:
    found = units(text)
    breaks = sum(not unit.joined for unit in found[1:])
    assert len(grams(text).split()) == len(found) + breaks


@given(texts, st.integers(0, 40), st.integers(2, 6))
def test_whatever_stands_in_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    found = units(text)[start : start + length]
    if found and all(unit.joined for unit in found[1:]):
        part = text[found[0].start : found[-1].end]
        assert matches(text, phrases(part))
        assert places(text, phrases(part))
