"""The sample's files add up to what the published document prints. Files against files."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from budget.tests.expected import expected_paragraphs, expected_table

SAMPLE = Path(__file__).parents[2] / "fixtures" / "sample" / "157-2023"
Record = dict[str, str]

YUAN_PER_WAN = Decimal(10_000)


def records(name: str) -> list[Record]:
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def loaded(name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((SAMPLE / name).read_text(encoding="utf-8"))
    return found


def printed(cell: str | None) -> Decimal:
    """Return a printed amount of 万元 as yuan; a blank is zero."""
    return Decimal((cell or "0").replace(",", "")) * YUAN_PER_WAN


def added_up(
    lines: Iterable[Record], key: Callable[[Record], str], **only: str
) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if all(line[name] == value for name, value in only.items()):
            sums[key(line)] += Decimal(line["amount"])
    return sums


def test_basic_lines_are_the_economic_rows_of_the_basic_spending_table() -> None:
    rows = expected_table("general-public-basic").rows
    published = {str(row[0]): printed(row[2]) for row in rows if len(row[0] or "") == 5}
    assert added_up(records("lines"), lambda line: line["economic"], nature="basic") == published


@pytest.mark.parametrize(("upkeep", "column"), [("personnel", 3), ("operating", 4)])
def test_personnel_and_operating_lines_add_up_to_their_columns(upkeep: str, column: int) -> None:
    rows = expected_table("general-public-basic").rows
    published = {str(row[0]): printed(row[column]) for row in rows if row[column] and row[0]}
    published = {code: amount for code, amount in published.items() if len(code) == 3}
    lines = records("lines")
    assert added_up(lines, lambda line: line["economic"][:3], upkeep=upkeep) == published


@pytest.mark.parametrize(("nature", "column"), [("basic", 5), ("project", 6)])
def test_lines_add_up_to_the_function_items_of_the_spending_table(nature: str, column: int) -> None:
    items = [row for row in expected_table("spending").rows if row[2]]
    published = {f"{row[0]}{row[1]}{row[2]}": printed(row[column]) for row in items if row[column]}
    assert added_up(records("lines"), lambda line: line["function"], nature=nature) == published


def test_project_lines_are_the_projects_of_the_goals_table() -> None:
    rows = expected_table("project-goals").rows[2:]
    published = {str(row[1]): printed(row[2]) for row in rows}
    names = {project["code"]: project["name"] for project in records("projects")}
    lines = records("lines")
    assert added_up(lines, lambda line: names[line["project"]], nature="project") == published


def test_all_money_comes_from_the_one_source_of_the_summary() -> None:
    total = printed(expected_table("summary").rows[0][1])
    assert added_up(records("lines"), lambda line: line["source"]) == {"general_public": total}
    assert added_up(records("estimates"), lambda line: line["source"]) == {"general_public": total}


def test_regular_appropriation_is_its_column_of_the_revenue_table() -> None:
    total = printed(expected_table("revenue").rows[0][6])
    found = added_up(records("lines"), lambda line: line["allotment"])
    assert found == {"regular_appropriation": total}


def test_three_publics_of_the_lines_are_those_of_their_table() -> None:
    [row] = expected_table("three-publics").rows[1:]
    by_code = added_up(records("lines"), lambda line: line["economic"])
    assert by_code["30217"] == printed(row[2])
    assert by_code["30231"] == printed(row[6])
    assert {"30212", "31013", "30913"}.isdisjoint(by_code)


def test_last_year_is_this_year_less_the_stated_change() -> None:
    # 1561.09 − 162.77 = 1398.32; 78.49 − 8.07 = 70.42; 10.66 持平
    prior = {figure["measure"]: Decimal(figure["amount"]) for figure in records("prior")}
    assert prior == {
        "revenue_total": Decimal("13983200"),
        "spending_total": Decimal("13983200"),
        "agency_operating_costs": Decimal("704200"),
        "three_publics": Decimal("106600"),
    }


def test_events_are_the_amounts_of_the_general_expenses_paragraph() -> None:
    amounts = {event["kind"]: (event["basic"], event["project"]) for event in records("events")}
    assert amounts == {"meeting": ("0.00", "350000.00"), "training": ("20000.00", "0.00")}


def test_each_list_of_events_reads_as_published() -> None:
    [text] = [one.text for one in expected_paragraphs() if "会议费预算" in one.text]
    for event in records("events"):
        noun, verb = ("会议", "拟召开") if event["kind"] == "meeting" else ("培训", "拟开展")
        said = f"{event['name']}等{noun}，人数{event['attendance']}人，内容为{event['content']}"
        assert verb + said in text


def test_every_remark_is_in_the_published_narrative() -> None:
    narrative = "".join(one.text for one in expected_paragraphs())
    for remark in loaded("remarks.json"):
        for sentence in str(remark["text"]).splitlines():
            assert sentence in narrative


def test_the_mandate_has_nine_items() -> None:
    [mandate] = [one["text"] for one in loaded("remarks.json") if one["key"] == "mandate"]
    assert len(str(mandate).splitlines()) == 9


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("lines", ("amount",)),
        ("estimates", ("amount",)),
        ("prior", ("amount", "precision")),
        ("events", ("basic", "project")),
    ],
)
def test_amounts_are_yuan_in_multiples_of_a_hundred(name: str, fields: tuple[str, ...]) -> None:
    amounts = [record[field] for record in records(name) for field in fields]
    assert amounts
    for amount in amounts:
        assert re.fullmatch(r"\d+\.\d\d", amount)
        assert Decimal(amount) % 100 == 0


def test_lines_are_numbered_without_gaps() -> None:
    assert [int(line["sequence"]) for line in records("lines")] == list(range(1, 33))


def test_files_end_lines_the_same_way_everywhere() -> None:
    for path in sorted(SAMPLE.iterdir()):
        content = path.read_bytes()
        assert content.endswith(b"\n")
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
