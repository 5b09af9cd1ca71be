"""核对单: both sides by fund, kind and project, and when the ledger is proven equal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from budget.approval import Approved, Use, prove
from budget.lines import Line
from budget.terms import Nature, Source, Upkeep

GENERAL = Source.GENERAL_PUBLIC
PEOPLE = Use(GENERAL, False, Nature.BASIC, Upkeep.PERSONNEL)
RUNNING = Use(GENERAL, False, Nature.BASIC, Upkeep.OPERATING)
PROJECT = Use(GENERAL, False, Nature.PROJECT, None, "P1")
CARRIED = Use(GENERAL, True, Nature.PROJECT, None, "P1")
OTHER = Use(Source.OTHER, False, Nature.PROJECT, None, "P1")


def line(use: Use, amount: str, **more: Any) -> Line:
    return Line(
        unit="801001",
        sequence=1,
        nature=use.nature,
        function="2010301",
        source=use.source,
        amount=Decimal(amount),
        upkeep=use.upkeep,
        project=use.project,
        carried_over=use.carried_over,
        **more,
    )


def said(use: Use, amount: str) -> Approved:
    return Approved(use, Decimal(amount))


def test_lines_that_add_up_to_what_was_approved_prove_it() -> None:
    lines = [
        line(PEOPLE, "60.10", economic="30101"),
        line(PEOPLE, "39.90", economic="30102"),
        line(PROJECT, "7"),
    ]
    proof = prove(lines, [said(PROJECT, "7.00"), said(PEOPLE, "100")])
    assert proof.is_equal
    assert [use for use, _ in proof.rows] == [PEOPLE, PROJECT]


@pytest.mark.parametrize(("approved", "difference"), [("99.99", "0.01"), ("100.01", "-0.01")])
def test_one_fen_is_a_difference(approved: str, difference: str) -> None:
    proof = prove([line(PEOPLE, "100")], [said(PEOPLE, approved)])
    assert not proof.is_equal
    [(use, sides)] = proof.differing
    assert (use, sides.difference) == (PEOPLE, Decimal(difference))


def test_equal_totals_do_not_hide_what_stands_under_another_kind() -> None:
    proof = prove([line(PEOPLE, "60"), line(RUNNING, "40")], [said(PEOPLE, "100")])
    assert proof.total.difference == 0
    assert {use: sides.difference for use, sides in proof.differing} == {
        PEOPLE: Decimal(-40),
        RUNNING: Decimal(40),
    }


@pytest.mark.parametrize(
    "elsewhere", [CARRIED, OTHER, Use(GENERAL, False, Nature.PROJECT, None, "P2")]
)
def test_another_fund_year_or_project_is_another_use(elsewhere: Use) -> None:
    proof = prove([line(PROJECT, "7")], [said(elsewhere, "7")])
    assert not proof.is_equal
    assert len(proof.differing) == 2


def test_what_only_one_side_has_is_told_from_nought() -> None:
    proof = prove([line(PEOPLE, "1")], [said(RUNNING, "2"), said(PROJECT, "0")])
    sides = dict(proof.rows)
    assert (sides[PEOPLE].ledger, sides[PEOPLE].approved) == (Decimal(1), None)
    assert (sides[RUNNING].ledger, sides[RUNNING].approved) == (None, Decimal(2))
    assert PROJECT not in dict(proof.differing)


def test_a_project_whose_lines_cancel_out_is_equal_to_nothing_said() -> None:
    proof = prove([line(PROJECT, "5"), line(PROJECT, "-5"), line(PEOPLE, "1")], [said(PEOPLE, "1")])
    assert proof.is_equal


def test_nothing_said_proves_nothing() -> None:
    assert not prove([], []).is_equal
    assert not prove([line(PROJECT, "5"), line(PROJECT, "-5")], []).is_equal


def test_sides_are_added_up_by_fund_in_the_order_of_funds() -> None:
    proof = prove(
        [line(OTHER, "3"), line(PEOPLE, "60"), line(CARRIED, "5"), line(RUNNING, "40")],
        [said(PEOPLE, "100"), said(CARRIED, "4")],
    )
    by_fund = proof.by(lambda use: use.fund)
    assert {fund: (sides.ledger, sides.approved) for fund, sides in by_fund.items()} == {
        "一般公共预算拨款": (Decimal(100), Decimal(100)),
        "一般公共预算拨款（上年结转）": (Decimal(5), Decimal(4)),
        "其他收入": (Decimal(3), None),
    }
    assert list(by_fund) == ["一般公共预算拨款", "一般公共预算拨款（上年结转）", "其他收入"]
    assert proof.by(lambda use: use.kind)["人员经费"].difference == Decimal(-40)
    assert (proof.total.ledger, proof.total.approved) == (Decimal(108), Decimal(104))
