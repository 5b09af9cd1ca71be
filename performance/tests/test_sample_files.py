"""Reading goals beside the sample's other files."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from budget.imports.records import MalformedRecord
from performance.goals import Aspect, Comparison, Dimension, Goals, Indicator
from performance.sample_files import read_goals

INDICATOR = {
    "code": "output-quantity-1",
    "dimension": "output",
    "aspect": "quantity",
    "name": "次数",
    "target": "3",
    "measure": "次",
    "comparison": "at_least",
    "weight": "10",
    "damaged": ["scoring"],
    "note": "评分标准被截去",
}


def written(directory: Path, *indicators: object) -> Path:
    goal = {"unit": "901001", "goal": "做好工作", "damaged": [], "indicators": list(indicators)}
    (directory / "project_goals.json").write_text("[]", encoding="utf-8")
    (directory / "overall_goals.json").write_text(json.dumps([goal]), encoding="utf-8")
    return directory


def test_an_indicator_is_read_without_its_note(tmp_path: Path) -> None:
    [goal] = read_goals(written(tmp_path, INDICATOR)).overall
    assert goal.indicators == (
        Indicator(
            code="output-quantity-1",
            dimension=Dimension.OUTPUT,
            aspect=Aspect.QUANTITY,
            name="次数",
            target="3",
            measure="次",
            comparison=Comparison.AT_LEAST,
            weight=Decimal(10),
            damaged=("scoring",),
        ),
    )


def test_no_goals_are_read_as_none(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "overall_goals.json").write_text("[]", encoding="utf-8")
    assert read_goals(tmp_path) == Goals()


def test_an_unknown_word_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(MalformedRecord, match=r"overall_goals\.json 第1项 指标2 aspect"):
        read_goals(written(tmp_path, INDICATOR, {**INDICATOR, "aspect": "luck"}))


def test_a_goal_without_indicators_is_refused(tmp_path: Path) -> None:
    (tmp_path / "project_goals.json").write_text('[{"unit": "901001"}]', encoding="utf-8")
    with pytest.raises(MalformedRecord, match="缺少 indicators"):
        read_goals(tmp_path)
