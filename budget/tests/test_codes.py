"""Codes: one spelling from many, and the tree that the code itself tells."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.codes import (
    MalformedCode,
    category,
    hyphenated,
    level,
    parent,
    parse_code,
    parts,
    path,
)
from budget.terms import Level

function_codes = st.tuples(
    st.integers(100, 999).map(str),
    st.lists(st.integers(0, 99).map(lambda number: f"{number:02}"), max_size=2),
).map(lambda pieces: "".join((pieces[0], *pieces[1])))

separators = st.sampled_from(["", " ", "-", "－", "—", ".", "/", "·", "  ", " - ", "\u3000"])


@given(function_codes, separators)
def test_any_separator_gives_the_same_code(code: str, separator: str) -> None:
    assert parse_code(separator.join(parts(code))) == code


@given(function_codes)
def test_full_width_digits_give_the_same_code(code: str) -> None:
    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert parse_code(f"\u3000{wide} ") == code


@given(function_codes)
def test_a_code_read_aloud_reads_back(code: str) -> None:
    assert parse_code(hyphenated(code)) == code


@given(function_codes)
def test_the_path_climbs_parent_by_parent_to_the_category(code: str) -> None:
    steps = path(code)
    assert steps[-1] == code
    assert steps[0] == category(code)
    assert parent(steps[0]) is None
    for above, below in pairwise(steps):
        assert parent(below) == above
        assert below.startswith(above)


@given(function_codes)
def test_parts_put_together_are_the_code(code: str) -> None:
    assert "".join(parts(code)) == code
    assert [len(part) for part in parts(code)] == [3, 2, 2][: len(parts(code))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("201", Level.CATEGORY), ("20103", Level.SECTION), ("2010301", Level.ITEM)],
)
def test_the_level_is_in_the_length(code: str, expected: Level) -> None:
    assert level(code) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "20",
        "2010",
        "201030",
        "20103011",
        "2a1",
        "二〇一",
        "20-10301",
        "2010-301",
        "201-0301",
        "201_03_01",
        "201,03,01",
        "２０",
        "²01",
        "٢٠١",
    ],
)
def test_what_is_no_code_is_refused_in_words(text: str) -> None:
    with pytest.raises(MalformedCode, match=r"类3位、款2位、项2位|3、5或7位数字"):
        parse_code(text)
