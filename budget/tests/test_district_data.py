"""The files of the invented departments agree with themselves and reach what they are there for."""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from budget.book import ExecutedFigure
from budget.imports.records import MalformedRecord
from budget.imports.sample_files import read_sample
from budget.terms import ProcurementKind, Source, UnitType, VehicleUse
from budget.tests.golden_district.adding import (
    FIXTURES,
    MEASURES,
    Body,
    Record,
    added,
    both,
    in_wan,
    of,
)
from budget.tests.golden_district.places import FIVE_UNITS, ONE_UNIT, invented
from budget.tests.samples import CODES

DEPARTMENT = Body(FIVE_UNITS)
FOLDERS = [FIVE_UNITS, ONE_UNIT]
BUDGET_OF = {"government_fund": "政府性基金", "state_capital": "国有资本经营"}


def listed(scheme: str) -> dict[str, Record]:
    with (CODES / f"{scheme}.csv").open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def last_year(measure: str, unit: str | None = None) -> Decimal:
    return added(Body(FIVE_UNITS, unit).records("prior.csv"), of(measure=measure))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_readme_says_that_the_department_is_invented(folder: str) -> None:
    readme = (FIXTURES / "sample" / folder / "README.md").read_text(encoding="utf-8")
    assert "does not exist" in readme
    assert "虚构" in str(Body(folder).head["source"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_code_belongs_to_the_budget_that_pays_and_is_not_doubtful(folder: str) -> None:
    functions = listed("function_codes")
    for line in Body(folder).lines:
        code = functions[line["function"]]
        assert code["budget"] == BUDGET_OF.get(line["source"], "一般公共预算")
        assert code["confidence"] != "low"


def test_the_department_has_every_type_of_unit_and_one_that_is_merged() -> None:
    assert {unit["type"] for unit in DEPARTMENT.units} == set(UnitType)
    assert [unit["code"] for unit in DEPARTMENT.head["units"] if unit.get("merged")] == ["501006"]


def test_the_department_has_every_source_but_transfers_and_two_natures() -> None:
    found = {line["source"] for line in DEPARTMENT.lines}
    assert found == {source for source in Source if not source.is_transfer_in}
    assert {line["nature"] for line in DEPARTMENT.lines} == {"basic", "project"}
    assert not any(line["carried_over"] for line in DEPARTMENT.lines)


def test_three_publics_stand_in_basic_and_in_project_lines_and_where_they_do_not_count() -> None:
    for codes in ("30217", "30231"):
        lines = [line for line in DEPARTMENT.lines if line["economic"] == codes]
        counted = {line["nature"] for line in lines if line["source"] == "general_public"}
        assert counted == {"basic", "project"}
        assert any(line["source"] != "general_public" for line in lines)


def test_running_costs_hold_parts_of_303_and_310() -> None:
    operating = {line["economic"][:3] for line in DEPARTMENT.lines if line["upkeep"] == "operating"}
    assert operating == {"302", "303", "310"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_expected_revenue_is_what_the_lines_spend_by_unit_and_source(folder: str) -> None:
    body = Body(folder)
    spent: dict[tuple[str, str], Decimal] = {}
    for line in body.lines:
        key = line["unit"], line["source"]
        spent[key] = spent.get(key, Decimal(0)) + Decimal(line["amount"])
    expected = {
        (row["unit"], row["source"]): Decimal(row["amount"])
        for row in body.records("estimates.csv")
    }
    assert expected == spent


def test_every_unit_states_last_years_figure_of_every_measure_that_is_compared() -> None:
    stated = {(row["unit"], row["measure"]) for row in DEPARTMENT.records("prior.csv")}
    assert stated == {(unit["code"], code) for unit in DEPARTMENT.units for code in MEASURES}


SUMS_OF_LAST_YEAR = {
    "revenue_total": (
        *("appropriation", "all_public_service_revenue", "business_revenue"),
        "all_other_revenue",
    ),
    "spending_total": ("revenue_total",),
    "appropriation_spending": (
        *("general_public_spending", "government_fund_spending", "state_capital_spending"),
    ),
    "appropriation": ("appropriation_spending",),
    "three_publics": ("overseas_visits", "hospitality", "vehicles"),
    "vehicles": ("vehicle_purchase", "vehicle_running"),
}


@pytest.mark.parametrize("unit", [f"50100{number}" for number in range(1, 6)])
def test_last_years_figures_of_a_unit_add_up(unit: str) -> None:
    for whole, parts in SUMS_OF_LAST_YEAR.items():
        assert last_year(whole, unit) == sum(last_year(part, unit) for part in parts)


def test_last_year_holds_every_case_that_sentences_tell_apart() -> None:
    def cases(measure: str) -> tuple[Decimal, Decimal]:
        return last_year(measure), added(DEPARTMENT.lines, MEASURES[measure])

    assert cases("revenue_total") == (Decimal("28218987.27"), Decimal("31547178.71"))
    assert cases("all_public_service_revenue") == (Decimal("1325630.61"), Decimal("1197371.28"))
    assert cases("hospitality") == (Decimal("54073.79"), Decimal("54073.79"))
    assert cases("state_capital_spending") == (Decimal("168439.57"), Decimal("168439.57"))
    for measure in ("overseas_visits", "business_revenue"):
        before, now = cases(measure)
        assert before != now
        assert in_wan(before) == in_wan(now)
    assert cases("vehicle_purchase") == (Decimal(0), Decimal("179863.45"))


def test_meetings_and_training_are_those_of_the_lines() -> None:
    # Basic: 30215 58,643.62; 30216 37,251.84 + 18,437.46. Project: 30215 64,827.93.
    lines, events = DEPARTMENT.lines, DEPARTMENT.records("events.csv")
    for kind, code in (("meeting", "30215"), ("training", "30216")):
        for nature in ("basic", "project"):
            spent = added(lines, both(of(economic=code), of(nature=nature)))
            assert added(events, of(kind=kind), nature) == spent


def test_no_purchase_costs_more_than_the_money_that_pays_for_it() -> None:
    for item in DEPARTMENT.records("procurement.csv"):
        unit = of(unit=item["unit"])
        pays = of(project=item["project"]) if item["project"] else of(economic=item["economic"])
        assert Decimal(item["amount"]) <= added(DEPARTMENT.lines, both(unit, pays))
        assert Decimal(item["reserved_small"]) <= Decimal(item["reserved"])
        assert Decimal(item["reserved"]) <= Decimal(item["amount"])
    kinds = {item["kind"] for item in DEPARTMENT.records("procurement.csv")}
    assert kinds == set(ProcurementKind)


def test_the_register_of_vehicles_tells_all_eight_uses_apart() -> None:
    stock = [row for row in DEPARTMENT.records("vehicles.csv") if row["holding"] == "stock"]
    assert {row["use"] for row in stock} == set(VehicleUse)


def test_what_an_introduced_project_has_is_complete() -> None:
    introduced = [row for row in DEPARTMENT.records("projects.csv") if row["introduced"]]
    assert [row["code"] for row in introduced] == ["501001-01", "501001-02", "501003-01"]
    texts = ("overview", "basis", "executor", "plan", "period", "arrangement")
    assert all(project[text] for project in introduced for text in texts)
    several_years = [row for row in introduced if row["starts_on"][:4] != row["ends_on"][:4]]
    assert [row["code"] for row in several_years] == ["501001-02"]


def test_each_item_with_appropriated_money_has_its_purpose() -> None:
    for body in (DEPARTMENT, *(Body(FIVE_UNITS, unit["code"]) for unit in DEPARTMENT.units)):
        codes = {line["function"] for line in body.lines if MEASURES["appropriation"](line)}
        assert all(body.remark(f"purpose.{code}") for code in codes)


# What the reader makes of the files that the transcribed department does not have.


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    invented(FIVE_UNITS)
    return Path(shutil.copytree(FIXTURES / "sample" / FIVE_UNITS, tmp_path / FIVE_UNITS))


def test_executed_figures_and_the_day_of_the_registers_are_read() -> None:
    book = invented(FIVE_UNITS).book
    assert book.assets_on == date(2025, 8, 31)
    assert len(book.executions) == 8
    assert book.executions[1] == ExecutedFigure(
        unit="501001", function="2070108", amount=Decimal("1859642.50")
    )
    assert invented(ONE_UNIT).book.assets_on is None
    assert invented(ONE_UNIT).book.executions == ()


def test_without_the_file_no_execution_is_known(copied: Path) -> None:
    (copied / "executions.csv").unlink()
    assert read_sample(copied, CODES).book.executions == ()


def test_a_code_that_was_executed_and_is_not_budgeted_has_its_name(copied: Path) -> None:
    with (copied / "executions.csv").open("a", encoding="utf-8") as file:
        file.write("501003,207-02-05,1000.00\n")
    book = read_sample(copied, CODES).book
    assert book.executions[-1].function == "2070205"
    assert book.catalogue.function_name("2070205") == "博物馆"


def test_a_unit_sees_its_own_executions() -> None:
    book = invented(FIVE_UNITS).book.seen_by("501003")
    assert [(each.function, each.amount) for each in book.executions] == [
        ("2070104", Decimal("3862547.38"))
    ]


def _append(file: str, row: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(f"{row}\n")

    return change


def _late(folder: Path) -> None:
    head = folder / "department.json"
    head.write_text(head.read_text(encoding="utf-8").replace("2025-08-31", "八月底"), "utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_append("executions.csv", "501009,2070104,1.00"), "没有编码为 501009 的单位"),
        (_append("executions.csv", "501003,2070104,许多"), "executions.csv 第10行 amount"),
        (_append("executions.csv", "501003,2070104,"), "executions.csv 第10行：缺少 amount"),
        (_late, "department.json assets_on：“八月底”不是有效的值"),
    ],
)
def test_a_bad_execution_or_day_is_refused_with_its_place(
    copied: Path, change: Callable[[Path], None], message: str
) -> None:
    change(copied)
    with pytest.raises(MalformedRecord, match=message):
        read_sample(copied, CODES)
