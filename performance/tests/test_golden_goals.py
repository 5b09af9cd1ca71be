"""The sample's goals are tables 9 and 10 as published, wherever the transcription is certain."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from budget.tests.expected import expected_table
from performance.goals import Aspect, Comparison, Dimension

SAMPLE = Path(__file__).parents[2] / "fixtures" / "sample" / "157-2023"
Row = tuple[str | None, ...]
Fields = tuple[str, ...]

IN_PROJECT_GOALS: Fields = (
    "dimension",
    "aspect",
    "name",
    "target",
    "explanation",
    "scoring",
    "measure",
    "comparison",
    "weight",
)
IN_OVERALL_GOALS: Fields = (
    "dimension",
    "aspect",
    "name",
    "comparison",
    "target",
    "measure",
    "explanation",
    "scoring",
    "weight",
)
LABELS: dict[str, dict[str, str]] = {
    field: {term.value: term.label for term in vocabulary}
    for field, vocabulary in (
        ("dimension", Dimension),
        ("aspect", Aspect),
        ("comparison", Comparison),
    )
}


def goals(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SAMPLE / name).read_text(encoding="utf-8"))
    return found


def shown(indicator: dict[str, Any], field: str) -> str:
    value = indicator[field]
    if value is None:
        return ""
    return LABELS[field][value] if field in LABELS else str(value)


def rows_of(goal: dict[str, Any], fields: Fields) -> Iterator[tuple[str, ...]]:
    for indicator in goal["indicators"]:
        yield tuple(shown(indicator, field) for field in fields)


def certain(rows: list[tuple[str, ...]], published: list[Row]) -> list[Row]:
    """Return the rows with None where nothing is expected, and refuse rows without a partner."""
    return [
        tuple(None if there is None else here for here, there in zip(row, cells, strict=True))
        for row, cells in zip(rows, published, strict=True)
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_project_goal_is_its_block_as_published(place: int) -> None:
    goal = goals("project_goals.json")[place]
    published = [row for row in expected_table("project-goals").rows if row[3] == goal["goal"]]
    block = [row[4:] for row in published]
    assert certain(list(rows_of(goal, IN_PROJECT_GOALS)), block) == block


def test_the_overall_goal_is_its_table_as_published() -> None:
    [goal] = goals("overall_goals.json")
    published = expected_table("overall-goals").rows
    block = [row[10:] for row in published]
    assert {row[9] for row in published} == {goal["goal"]}
    assert certain(list(rows_of(goal, IN_OVERALL_GOALS)), block) == block


@pytest.mark.parametrize(
    ("name", "fields"),
    [("project_goals.json", IN_PROJECT_GOALS), ("overall_goals.json", IN_OVERALL_GOALS)],
)
def test_a_cell_is_doubtful_exactly_where_nothing_is_expected(name: str, fields: Fields) -> None:
    rows = expected_table(name.removesuffix(".json").replace("_", "-")).rows
    blocks = [row[-9:] for row in rows if row[-9]]
    indicators = [indicator for goal in goals(name) for indicator in goal["indicators"]]
    for indicator, row in zip(indicators, blocks, strict=True):
        lost = {field for field, cell in zip(fields, row, strict=True) if cell is None}
        # 12月, 80期, 100%: the words are certain, their cell is not (a unit may have run into it).
        assert lost <= set(indicator["damaged"]) <= lost | {"target"}


# 40 + 20 + 20 of 90 points are legible; see the sample's README for the blocks that were cut.
@pytest.mark.parametrize(("place", "points"), [(0, 80), (1, 20), (2, 80)])
def test_visible_weights_of_projects(place: int, points: int) -> None:
    indicators = goals("project_goals.json")[place]["indicators"]
    assert sum(int(one["weight"]) for one in indicators if one["weight"]) == points


def test_weights_of_the_whole_department_add_up_to_ninety() -> None:
    [goal] = goals("overall_goals.json")
    assert sum(int(one["weight"]) for one in goal["indicators"] if one["weight"]) == 90


def test_codes_are_unique_within_a_goal() -> None:
    for goal in [*goals("project_goals.json"), *goals("overall_goals.json")]:
        codes = [indicator["code"] for indicator in goal["indicators"]]
        assert len(set(codes)) == len(codes)


def test_whatever_is_damaged_says_why() -> None:
    for goal in [*goals("project_goals.json"), *goals("overall_goals.json")]:
        for owner in (goal, *goal["indicators"]):
            assert bool(owner["damaged"]) <= bool(owner.get("note"))
