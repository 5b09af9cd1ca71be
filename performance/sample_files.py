"""The goals of a transcribed department: project_goals.json and overall_goals.json. Pure.

``note`` says to readers of the files why a field is doubtful; it is not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from budget.imports.records import MalformedRecord, json_content, record
from budget.imports.sample_files import reads_part
from performance.goals import Goals, Indicator, OverallGoal, ProjectGoal

Goal = TypeVar("Goal", ProjectGoal, OverallGoal)


@reads_part("goals", "project_goals.json", "overall_goals.json")
def read_goals(directory: Path) -> Goals:
    """Return all goals of the sample in a directory. Raises MalformedRecord."""
    return Goals(
        projects=_goals(directory / "project_goals.json", ProjectGoal),
        overall=_goals(directory / "overall_goals.json", OverallGoal),
    )


def _goals(path: Path, kind: type[Goal]) -> tuple[Goal, ...]:
    return tuple(
        _goal(kind, each, f"{path.name} 第{number}项")
        for number, each in enumerate(json_content(path), start=1)
    )


def _goal(kind: type[Goal], given: Mapping[str, Any], place: str) -> Goal:
    if "indicators" not in given:
        raise MalformedRecord(f"{place}：缺少 indicators")
    own = {name: value for name, value in given.items() if name not in ("indicators", "note")}
    indicators = tuple(
        _indicator(each, f"{place} 指标{number}")
        for number, each in enumerate(given["indicators"], start=1)
    )
    return replace(record(kind, {**own, "indicators": []}, place), indicators=indicators)


def _indicator(given: Mapping[str, Any], place: str) -> Indicator:
    return record(
        Indicator, {name: value for name, value in given.items() if name != "note"}, place
    )
