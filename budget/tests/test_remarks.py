"""Remarks: whose words a document prints, and what happens where there are none."""

import pytest

from budget.book import UnknownUnit
from budget.remarks import MissingRemark, Remark, Remarks

ONE = ("157001",)
TWO = ("157001", "157002")


def test_a_remark_is_read_by_its_key() -> None:
    remarks = Remarks.of([Remark(key="mandate", text="联络协调")], TWO)
    assert remarks["mandate"] == "联络协调"
    assert remarks.get("mandate") == "联络协调"


def test_a_remark_that_nobody_wrote_is_refused_in_chinese() -> None:
    with pytest.raises(MissingRemark, match="缺少说明“revenue_change”"):
        Remarks()["revenue_change"]
    assert Remarks().get("revenue_change") is None


def test_a_blank_remark_counts_as_not_written() -> None:
    remarks = Remarks.of([Remark(key="mandate", text=" \n")], TWO)
    assert "mandate" not in remarks


def test_a_department_of_several_units_does_not_borrow_their_words() -> None:
    remarks = Remarks.of([Remark(key="mandate", text="单位的", unit="157001")], TWO)
    assert remarks.get("mandate") is None
    assert remarks.seen_by("157001")["mandate"] == "单位的"
    assert remarks.seen_by("157002").get("mandate") is None


def test_the_only_unit_and_its_department_speak_for_each_other() -> None:
    remarks = Remarks.of(
        [
            Remark(key="mandate", text="部门的"),
            Remark(key="mandate", text="单位的", unit="157001"),
            Remark(key="revenue_change", text="部门说过"),
            Remark(key="spending_change", text="单位说过", unit="157001"),
        ],
        ONE,
    )
    assert remarks["mandate"] == "部门的"
    assert remarks["spending_change"] == "单位说过"
    assert remarks.seen_by("157001")["mandate"] == "单位的"
    assert remarks.seen_by("157001")["revenue_change"] == "部门说过"


def test_a_remark_of_a_foreign_unit_is_refused() -> None:
    with pytest.raises(UnknownUnit, match="158001"):
        Remarks.of([Remark(key="mandate", text="x", unit="158001")], TWO)


def test_a_foreign_unit_has_no_remarks_to_see() -> None:
    with pytest.raises(UnknownUnit, match="158001"):
        Remarks.of([], TWO).seen_by("158001")
