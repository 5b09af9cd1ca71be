"""The files of the invented departments, read and added up in the plainest way.

The second opinion on what the system prints: CSV files as dictionaries, Decimals added, each sum
rounded once. Nothing of the system is imported here.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

FIXTURES: Final = Path(__file__).parents[3] / "fixtures"
YEAR: Final = 2026

Record = dict[str, str]
Test = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Body:
    """Whom a document speaks for: a department's folder and, for its document, one unit."""

    folder: str
    unit: str | None = None

    @property
    def head(self) -> dict[str, Any]:
        """What department.json says."""
        found: dict[str, Any] = _content(self.folder, "department.json")
        return found

    @property
    def code(self) -> str:
        """The code that names the document."""
        return self.unit or str(self.head["department"]["code"])

    @property
    def name(self) -> str:
        """The full name that stands in the document."""
        return str(self.units[0]["name"] if self.unit else self.head["department"]["name"])

    @property
    def units(self) -> list[dict[str, Any]]:
        """The units that have a budget and that the document speaks for."""
        return [
            unit
            for unit in self.head["units"]
            if not unit.get("merged") and self.unit in (None, unit["code"])
        ]

    def records(self, name: str) -> list[Record]:
        """Return the rows of a CSV file that belong to the document's units."""
        return [row for row in _rows(self.folder, name) if self.unit in (None, row["unit"])]

    def goals(self, name: str) -> list[dict[str, Any]]:
        """Return the goals of a JSON file that belong to the document's units."""
        listed: list[dict[str, Any]] = _content(self.folder, name)
        return [goal for goal in listed if self.unit in (None, goal["unit"])]

    def remark(self, key: str) -> str | None:
        """Return what the department, or the unit, wrote under a key; the only unit is both."""
        alone = len(self.head["units"]) == 1
        for remark in _content(self.folder, "remarks.json"):
            if remark["key"] == key and (alone or remark["unit"] == self.unit):
                return str(remark["text"])
        return None

    @property
    def lines(self) -> list[Record]:
        """The lines of the ledger, each with the type of its unit."""
        types = {unit["code"]: unit["type"] for unit in self.units}
        return [{**line, "unit_type": types[line["unit"]]} for line in self.records("lines.csv")]


@cache
def _rows(folder: str, name: str) -> tuple[Record, ...]:
    path = FIXTURES / "sample" / folder / name
    if name == "executions.csv" and not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _content(folder: str, name: str) -> Any:
    return json.loads((FIXTURES / "sample" / folder / name).read_text(encoding="utf-8"))


@cache
def code_names(scheme: str) -> dict[str, str]:
    """Return the names of codes in use: of ``function_codes``, or departmental economic ones."""
    with (FIXTURES / "codes" / "2023" / f"{scheme}.csv").open(encoding="utf-8") as file:
        return {
            row["code"]: row["name"]
            for row in csv.DictReader(file)
            if row.get("kind", "dept") == "dept"
            and row["confidence"] != "low"
            and (not row["last_year"] or int(row["last_year"]) >= YEAR)
        }


def of(**fields: str | tuple[str, ...]) -> Test:
    """Return a test of records: each field has the value, or one of the values."""
    wanted = {key: (value,) if isinstance(value, str) else value for key, value in fields.items()}
    return lambda record: all(record[key] in values for key, values in wanted.items())


def both(*tests: Test) -> Test:
    """Return a test that asks all of the tests."""
    return lambda record: all(test(record) for test in tests)


def anything(record: Record) -> bool:
    """The test that every record passes."""
    return True


def added(records: Iterable[Record], test: Test = anything, field: str = "amount") -> Decimal:
    """Return the exact sum of a field, in yuan, over the records that pass a test."""
    return sum((Decimal(record[field]) for record in records if test(record)), Decimal(0))


def in_wan(yuan: Decimal) -> Decimal:
    """Return yuan as 万元 with two places, half up."""
    return (yuan / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)


def in_yuan(yuan: Decimal) -> Decimal:
    """Return yuan with two places."""
    return yuan.quantize(Decimal("0.01"), ROUND_HALF_UP)


def in_whole_yuan(yuan: Decimal) -> Decimal:
    """Return yuan that are whole without places."""
    return yuan.quantize(Decimal(1), ROUND_HALF_UP)


def percent(part: Decimal, base: Decimal) -> Decimal:
    """Return part ÷ base × 100 with two places, half up."""
    return (part / base * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


APPROPRIATIONS: Final = ("general_public", "government_fund", "state_capital")
AGENCIES: Final = ("administrative", "civil_service_managed")
GENERAL_PUBLIC: Final = of(source="general_public")

MEASURES: Final[dict[str, Test]] = {
    "revenue_total": anything,
    "spending_total": anything,
    "appropriation": of(source=APPROPRIATIONS),
    "appropriation_spending": of(source=APPROPRIATIONS),
    "all_public_service_revenue": of(source=("public_service_revenue", "special_account")),
    "business_revenue": of(source="business_revenue"),
    "all_other_revenue": of(source="other_revenue"),
    "general_public_spending": GENERAL_PUBLIC,
    "government_fund_spending": of(source="government_fund"),
    "state_capital_spending": of(source="state_capital"),
    "three_publics": both(GENERAL_PUBLIC, of(economic=("30212", "30217", "31013", "30231"))),
    "overseas_visits": both(GENERAL_PUBLIC, of(economic="30212")),
    "hospitality": both(GENERAL_PUBLIC, of(economic="30217")),
    "vehicles": both(GENERAL_PUBLIC, of(economic=("31013", "30231"))),
    "vehicle_purchase": both(GENERAL_PUBLIC, of(economic="31013")),
    "vehicle_running": both(GENERAL_PUBLIC, of(economic="30231")),
    "agency_operating_costs": both(
        GENERAL_PUBLIC, of(nature="basic", upkeep="operating", unit_type=AGENCIES)
    ),
}
"""Which lines a measure that sentences compare is made of, where nothing is carried over."""
