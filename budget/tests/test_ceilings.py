"""What lines use of ceilings, by hand; used and left add up in every book."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.ceilings import Ceiling, Limit, key_of, place_of, splits, standings
from budget.lines import Line
from budget.terms import CeilingKind, Nature, Source, Upkeep
from budget.tests.strategies import books

GENERAL = Source.GENERAL_PUBLIC
UNITS = ("801001", "801002")


def a_line(amount: str, **values: object) -> Line:
    stated: dict[str, object] = {
        "unit": "801001",
        "sequence": 1,
        "nature": Nature.BASIC,
        "upkeep": Upkeep.PERSONNEL,
        "function": "2010301",
        "economic": "30101",
        "source": GENERAL,
        **values,
    }
    return Line(amount=Decimal(amount), **stated)  # type: ignore[arg-type]


RUNNING = {"upkeep": Upkeep.OPERATING, "economic": "30201"}
HOSTING = {"upkeep": Upkeep.OPERATING, "economic": "30217"}
PROJECT = {"nature": Nature.PROJECT, "upkeep": None, "project": "P1", "economic": None}
LINES = (
    a_line("100.10"),
    a_line("50", unit="801002"),
    a_line("7", carried_over=True),
    a_line("30", **RUNNING),
    a_line("5", **HOSTING),
    a_line("2", **HOSTING, carried_over=True),
    a_line("1000", **PROJECT),
    a_line("400", **{**PROJECT, "project": "P2"}),
    a_line("3", **{**PROJECT, "economic": "30217"}),
    a_line("9", source=Source.OTHER),
    a_line("70", nature=Nature.CARRYOVER_OUT, upkeep=None, economic=None),
)


def used(kind: CeilingKind, unit: str | None = None, project: str = "") -> Decimal:
    [found] = standings(LINES, [Ceiling(Limit(GENERAL, kind, project), Decimal(0), unit)])
    return found.used


def test_people_and_running_costs_are_used_by_basic_lines_of_this_year() -> None:
    # 100.10 + 50; the 7 carried over, the 9 of another source and the 70 for next year do not count
    assert used(CeilingKind.PERSONNEL) == Decimal("150.10")
    assert used(CeilingKind.PERSONNEL, "801001") == Decimal("100.10")
    assert used(CeilingKind.PERSONNEL, "801002") == 50
    assert used(CeilingKind.OPERATING) == 35  # 30 + 5


def test_projects_are_limited_together_or_one_by_one() -> None:
    assert used(CeilingKind.PROJECT) == 1403  # 1000 + 400 + 3
    assert used(CeilingKind.PROJECT, project="P1") == 1003
    assert used(CeilingKind.PROJECT, project="P2") == 400
    assert used(CeilingKind.PROJECT, "801002", "P2") == 0


def test_hospitality_counts_wherever_it_is_spent_and_carried_over_too() -> None:
    assert used(CeilingKind.HOSPITALITY) == 10  # basic 5, carried over 2, in a project 3
    assert used(CeilingKind.OVERSEAS_VISITS) == 0


def test_a_ceiling_that_is_reached_has_nothing_left_and_is_not_exceeded() -> None:
    limit = Limit(GENERAL, CeilingKind.OPERATING)
    exact, short = standings(LINES, [Ceiling(limit, Decimal(35)), Ceiling(limit, Decimal("34.99"))])
    assert (exact.left, exact.excess) == (Decimal(0), Decimal(0))
    assert (short.left, short.excess) == (Decimal("-0.01"), Decimal("0.01"))


def test_what_no_unit_has_yet_is_left_to_split() -> None:
    limit = Limit(GENERAL, CeilingKind.PROJECT)
    [split] = splits(
        [
            Ceiling(limit, Decimal(100)),
            Ceiling(limit, Decimal(60), "801001"),
            Ceiling(limit, Decimal(45), "801002"),
            Ceiling(Limit(GENERAL, CeilingKind.PERSONNEL), Decimal(9), "801002"),
        ]
    )
    assert split.left == -5  # 100 - 60 - 45
    assert split.parts == {"801001": 60, "801002": 45}


def test_the_name_of_a_ceiling_leads_back_to_it_and_others_to_nothing() -> None:
    place = ("801001", Limit(GENERAL, CeilingKind.PROJECT, "P|1"))
    assert place_of(key_of(place)) == place
    assert place_of("whole|general_public|nonsense|") is None
    assert place_of("whole") is None


CEILINGS = st.lists(
    st.tuples(
        st.sampled_from(list(Source)),
        st.sampled_from(list(CeilingKind)),
        st.integers(0, 10**12),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@given(books(), CEILINGS)
def test_used_and_left_are_the_ceiling_in_every_book(
    book: BudgetBook, drawn: list[tuple[Source, CeilingKind, int, bool]]
) -> None:
    first = book.units[0].code
    ceilings = [
        Ceiling(Limit(source, kind), Decimal(fen).scaleb(-2), first if own else None)
        for source, kind, fen, own in drawn
    ]
    for each in standings(book.lines, ceilings):
        assert each.used + each.left == each.ceiling.amount
        # What all units use is what the department uses, and all projects what each one does.
        limit = each.ceiling.limit
        parts = [Ceiling(limit, Decimal(0), unit.code) for unit in book.units]
        [whole] = standings(book.lines, [Ceiling(limit, Decimal(0))])
        assert sum(part.used for part in standings(book.lines, parts)) == whole.used
        if limit.kind is CeilingKind.PROJECT:
            named = [
                Ceiling(Limit(limit.source, limit.kind, project.code), Decimal(0))
                for project in book.projects
            ]
            assert sum(one.used for one in standings(book.lines, named)) == whole.used
