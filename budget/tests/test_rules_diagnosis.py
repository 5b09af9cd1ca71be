"""From broken sums to the figure that is wrong: one cause, one finding."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from budget.rules.diagnosis import Cause, Stated, causes, stated
from budget.rules.finding import Equal
from budget.rules.joining import joined
from budget.rules.printed import Printed


def figures(half: str = "0", **amounts: str) -> Mapping[str, Printed]:
    """Return amounts in yuan at addresses t/NAME/x."""
    return {
        f"t/{name}/x": Printed(
            f"t/{name}/x", name, text, "元", Decimal(text), Decimal(half), None, "t"
        )
        for name, text in amounts.items()
    }


def sums(printed: Mapping[str, Printed], **totals: str) -> list[Stated]:
    """Return the statements that each total is the sum of the named items."""
    return [
        stated("FOT002", Equal(f"t/{total}/x", tuple(f"t/{n}/x" for n in names.split())), printed)
        for total, names in totals.items()
    ]


def blamed(equations: list[Stated], *suspects: str) -> list[tuple[str, Decimal]]:
    found = joined(causes(equations, frozenset(f"t/{each}/x" for each in suspects)), equations)
    return [(cause.address.split("/")[1], cause.correction) for cause in found]


def test_sums_that_hold_have_no_cause() -> None:
    assert blamed(sums(figures(a="1", b="2", whole="3"), whole="a b")) == []


def test_a_figure_in_two_broken_sums_is_blamed_for_both() -> None:
    # b should be 2: then whole = 1 + 2 and b = 1 + 1.
    printed = figures(a="1", b="5", c="1", d="1", whole="3")
    assert blamed(sums(printed, whole="a b", b="c d")) == [("b", Decimal(-3))]


def test_a_figure_that_stands_in_sums_that_hold_is_trusted() -> None:
    # a also adds up from c and d, and whole stands in all: only b is left.
    printed = figures(a="2", b="9", c="1", d="1", whole="3", all="3")
    equations = sums(printed, whole="a b", a="c d", all="whole")
    assert blamed(equations) == [("b", Decimal(-8))]


def test_of_equals_the_suspect_is_blamed() -> None:
    # a + b are 8 more than the whole.
    printed = figures(a="9", b="9", whole="10")
    equations = sums(printed, whole="a b")
    assert blamed(equations, "b") == [("b", Decimal(-8))]
    assert blamed(equations, "a") == [("a", Decimal(-8))]


def test_two_wrong_figures_are_two_causes() -> None:
    # 9 for 1 in the first sum and 7 for 1 in the second, which have nothing in common.
    printed = figures(a="9", b="2", p="7", q="2", one="3", other="3")
    found = blamed(sums(printed, one="a b", other="p q"), "a", "p")
    assert found == [("a", Decimal(-8)), ("p", Decimal(-6))]


def test_a_difference_that_a_column_passes_on_is_one_cause() -> None:
    # a is 10 too much, and somebody added that up into its 类 and not into the whole.
    printed = figures(a="11", b="2", part="13", whole="3", again="1")
    found = blamed(sums(printed, part="a b", whole="part", again="a"))
    assert len(found) == 1


def test_rounding_explains_half_a_unit_of_each_figure() -> None:
    # Three figures of ±0.5: a difference of 1.5 may be rounding, 1.6 may not.
    within = figures("0.5", a="1", b="1", whole="3.5")
    beyond = figures("0.5", a="1", b="1", whole="3.6")
    assert blamed(sums(within, whole="a b")) == []
    assert len(blamed(sums(beyond, whole="a b"))) == 1


def test_rounded_sums_ask_for_nearly_the_same_change() -> None:
    # whole asks b to be 2, b's own items ask it to be 2.4.
    printed = figures("0.2", a="1", b="9", c="1.2", d="1.2", whole="3")
    assert len(blamed(sums(printed, whole="a b", b="c d"))) == 1


def test_one_figure_is_one_cause_whatever_is_asked_of_it() -> None:
    equation = sums(figures(a="1", b="9", whole="3"), whole="a b")[0]
    twice = [
        Cause("t/b/x", Decimal(-7), (equation,)),
        Cause("t/b/x", Decimal(4), (equation,)),
    ]
    [one] = joined(twice)
    assert (one.address, len(one.broken)) == ("t/b/x", 2)


def test_the_correction_mends_the_total_or_the_item() -> None:
    [equation] = sums(figures(a="1", b="2", whole="5"), whole="a b")
    assert equation.correction("t/whole/x") == Decimal(-2)
    assert equation.correction("t/a/x") == Decimal(2)
