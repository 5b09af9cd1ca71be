"""Two lists of codes: new, gone, renamed, moved, reused, paid by another budget."""

from __future__ import annotations

import pytest

from budget.resources.differences import Changed, Difference, Entry, differences
from budget.terms import Fund


def listing(**names: str) -> dict[str, Entry]:
    """Return a list from names by code: ``c201="..."``."""
    return {code.removeprefix("c"): Entry(name) for code, name in names.items()}


OLD = listing(c201="服务", c20101="人大", c2010101="行政运行", c20102="政协", c2010201="行政运行")


def test_equal_lists_differ_in_nothing() -> None:
    assert differences(OLD, dict(OLD)) == ()


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({**OLD, "20103": Entry("政府")}, Changed(Difference.NEW, "20103", new_name="政府")),
        (
            {code: entry for code, entry in OLD.items() if code != "2010201"},
            Changed(Difference.GONE, "2010201", old_name="行政运行"),
        ),
        (
            {**OLD, "20101": Entry("人大事务")},
            Changed(Difference.RENAMED, "20101", "人大", "人大事务"),
        ),
    ],
    ids=["new", "gone", "renamed"],
)
def test_one_change_is_one_difference(new: dict[str, Entry], expected: Changed) -> None:
    assert differences(OLD, new) == (expected,)


def test_a_name_of_its_own_that_comes_back_under_another_code_was_moved() -> None:
    new = {code: entry for code, entry in OLD.items() if code != "20102"} | {"20120": Entry("政协")}
    expected = Changed(Difference.MOVED, "20120", "政协", "政协", old_code="20102")
    assert differences(OLD, new) == (expected,)
    assert expected.ending == "20102"


def test_a_name_that_stands_under_many_codes_tells_nothing_of_moving() -> None:
    new = {code: entry for code, entry in OLD.items() if code != "2010201"}
    new["2010301"] = Entry("行政运行")
    kinds = [(each.kind, each.code) for each in differences(OLD, new)]
    assert kinds == [(Difference.NEW, "2010301"), (Difference.GONE, "2010201")]


def test_a_code_whose_old_name_lives_elsewhere_is_reused() -> None:
    new = {**OLD, "20101": Entry("监察"), "20111": Entry("人大")}
    assert differences(OLD, new) == (
        Changed(Difference.NEW, "20111", new_name="人大"),
        Changed(Difference.REUSED, "20101", "人大", "监察"),
    )


def test_two_codes_that_exchange_their_names_are_both_reused() -> None:
    new = {**OLD, "20101": Entry("政协"), "20102": Entry("人大")}
    assert [(each.kind, each.code) for each in differences(OLD, new)] == [
        (Difference.REUSED, "20101"),
        (Difference.REUSED, "20102"),
    ]


def test_another_budget_that_pays_is_a_difference() -> None:
    old = {"212": Entry("城乡", Fund.GENERAL_PUBLIC)}
    new = {"212": Entry("城乡", Fund.GOVERNMENT_FUND)}
    [found] = differences(old, new)
    assert found.kind is Difference.OTHER_FUND
    assert (found.old_name, found.new_name) == ("城乡（一般公共预算）", "城乡（政府性基金预算）")
