"""Code lists of a year: what loading adds, changes and ends, and what it refuses whole."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from budget.imports.code_lists import Outcome, load_lists
from budget.imports.records import MalformedRecord
from budget.models import CodeChange, EconomicCode, EconomicMapping, FunctionCode, RevenueCode
from budget.terms import CodeScheme, Confidence, Fund, UnitScope

pytestmark = pytest.mark.django_db

FILES = {
    "function_codes.csv": (
        "code,name,level,first_year,last_year,source,parent_code,budget,confidence",
        "201,一般公共服务支出,类,,,表,,一般公共预算,verified",
        "20103,政府办公厅事务,款,,,表,201,一般公共预算,high",
        "201-03-01,行政运行,项,2020,,表,20103,政府性基金,low",
    ),
    "economic_codes.csv": (
        "code,name,level,kind,first_year,last_year,source,parent_code,confidence",
        "301,工资福利支出,类,dept,,,表,,verified",
        "30101,基本工资,款,dept,,2030,表,301,verified",
        "501,机关工资福利支出,类,gov,2018,,表,,high",
        "50101,工资奖金津补贴,款,gov,2018,,表,501,high",
    ),
    "economic_mapping.csv": (
        "gov_code,gov_name,dept_code,dept_name,unit_scope,confidence",
        "50101,工资奖金津补贴,30101,基本工资,机关,verified",
    ),
    "revenue_codes.csv": (
        "code,name,level,first_year,last_year,source,parent_code,confidence",
        "101,税收收入,类,,,表,,high",
    ),
    "code_changes.csv": (
        "scheme,code,old_name,new_name,change,effective_year,confidence,source,note",
        "function,201,一般公共服务,一般公共服务支出,rename,,high,表,",
    ),
}
Lists = Callable[..., Path]


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    """Return what writes the lists of a year, some files changed, and returns their directory."""

    def write(year: int = 2030, **changed: tuple[str, ...]) -> Path:
        folder = tmp_path / str(year)
        folder.mkdir(exist_ok=True)
        for name, rows in FILES.items():
            kept = changed.get(name.removesuffix(".csv"), rows)
            (folder / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
        return tmp_path

    return write


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return (outcome.added, outcome.changed, outcome.same, outcome.ended)


def test_everything_is_new_at_first(lists: Lists) -> None:
    assert [counts(each) for each in load_lists(lists(), 2030)] == [
        (3, 0, 0, 0),
        (4, 0, 0, 0),
        (1, 0, 0, 0),
        (1, 0, 0, 0),
        (1, 0, 0, 0),
    ]


def test_rows_become_what_the_file_says(lists: Lists) -> None:
    load_lists(lists(), 2030)
    item = FunctionCode.objects.get(code="2010301")
    assert (item.name, item.fund, item.valid_from) == (
        "行政运行",
        Fund.GOVERNMENT_FUND,
        date(2020, 1, 1),
    )
    ended = EconomicCode.objects.get(code="30101")
    assert (ended.scheme, ended.valid_to) == (CodeScheme.DEPARTMENT_ECONOMIC, date(2030, 12, 31))
    assert EconomicCode.objects.get(code="501").scheme is CodeScheme.GOVERNMENT_ECONOMIC
    pair = EconomicMapping.objects.get()
    assert (pair.department_code, pair.government_code, pair.unit_scope) == (
        "30101",
        "50101",
        UnitScope.AGENCY,
    )
    assert RevenueCode.objects.get().name == "税收收入"
    assert CodeChange.objects.get().old_name == "一般公共服务"


def test_rows_of_low_confidence_load_inactive(lists: Lists) -> None:
    outcome = load_lists(lists(), 2030)[0]
    assert outcome.inactive == 1
    assert list(FunctionCode.objects.filter(is_active=False).values_list("code", flat=True)) == [
        "2010301"
    ]
    assert FunctionCode.objects.get(code="2010301").confidence is Confidence.LOW


def test_loading_again_changes_nothing(lists: Lists) -> None:
    directory = lists()
    load_lists(directory, 2030)
    before = list(FunctionCode.objects.order_by("id").values())
    assert [counts(each) for each in load_lists(directory, 2030)] == [
        (0, 0, 3, 0),
        (0, 0, 4, 0),
        (0, 0, 1, 0),
        (0, 0, 1, 0),
        (0, 0, 1, 0),
    ]
    assert list(FunctionCode.objects.order_by("id").values()) == before


def functions(*rows: str) -> tuple[str, ...]:
    return (FILES["function_codes.csv"][0], *rows)


CATEGORY = "201,一般公共服务支出,类,,,表,,一般公共预算,verified"


def test_a_corrected_row_is_changed_in_place(lists: Lists) -> None:
    load_lists(lists(), 2030)
    corrected = functions(
        CATEGORY,
        "20103,政府办公厅（室）事务,款,,,表,201,一般公共预算,verified",
        "2010301,行政运行,项,2020,,表,20103,政府性基金,high",
    )
    assert counts(load_lists(lists(function_codes=corrected), 2030)[0]) == (0, 2, 1, 0)
    assert FunctionCode.objects.get(code="20103").name == "政府办公厅（室）事务"
    assert FunctionCode.objects.get(code="2010301").is_active


def test_a_code_that_is_gone_ends_with_the_year_before(lists: Lists) -> None:
    load_lists(lists(), 2030)
    next_year = functions(CATEGORY, "20103,政府办公厅事务,款,,,表,201,一般公共预算,high")
    load_lists(lists(2031, function_codes=next_year), 2031)
    assert FunctionCode.objects.get(code="20103").valid_to is None
    # Of low confidence, so it was not in force and does not end either.
    assert FunctionCode.objects.get(code="2010301").valid_to is None
    outcome = load_lists(lists(2032, function_codes=functions(CATEGORY)), 2032)[0]
    assert counts(outcome) == (0, 0, 1, 1)
    assert FunctionCode.objects.get(code="20103").valid_to == date(2031, 12, 31)
    assert FunctionCode.objects.get(code="20103").is_active


def test_a_code_that_is_gone_in_its_first_year_is_switched_off(lists: Lists) -> None:
    new = functions(CATEGORY, "202,新的类,类,2030,,表,,一般公共预算,high")
    load_lists(lists(function_codes=new), 2030)
    outcome = load_lists(lists(function_codes=functions(CATEGORY)), 2030)[0]
    assert counts(outcome) == (0, 0, 1, 1)
    assert not FunctionCode.objects.get(code="202").is_active


def test_a_code_with_a_new_meaning_begins_where_the_old_one_ends(lists: Lists) -> None:
    load_lists(lists(function_codes=functions(CATEGORY)), 2030)
    reused = functions("201,另一个意思,类,2031,,表,,一般公共预算,high")
    assert counts(load_lists(lists(2031, function_codes=reused), 2031)[0]) == (1, 0, 0, 1)
    old, new = FunctionCode.objects.order_by("id")
    assert (old.name, old.valid_to) == ("一般公共服务支出", date(2030, 12, 31))
    assert (new.name, new.valid_from, new.valid_to) == ("另一个意思", date(2031, 1, 1), None)


def test_an_earlier_list_does_not_undo_what_a_later_one_ended(lists: Lists) -> None:
    test_a_code_with_a_new_meaning_begins_where_the_old_one_ends(lists)
    outcome = load_lists(lists(function_codes=functions(CATEGORY)), 2030)[0]
    assert counts(outcome) == (0, 0, 1, 0)
    assert FunctionCode.objects.get(valid_from=None).valid_to == date(2030, 12, 31)


@pytest.mark.parametrize(
    ("file", "rows", "words"),
    [
        ("function_codes", functions("2O1,字母,类,,,表,,一般公共预算,high"), "第2行.*2O1"),
        ("function_codes", functions("201,甲,款,,,表,,一般公共预算,high"), "第2行：201 是类"),
        (
            "function_codes",
            functions("20103,甲,款,,,表,201,一般公共预算,high"),
            "上级 201 不在表中",
        ),
        ("function_codes", functions(CATEGORY, CATEGORY), "第3行：与前面的一行重复"),
        ("function_codes", functions("201,甲,类,,,表,,别的预算,high"), "“别的预算”不是规定的写法"),
        ("function_codes", functions("201,甲,类,,,表,,一般公共预算,sure"), "“sure”不是规定的写法"),
        ("function_codes", functions("201,甲,类,二〇,,表,,一般公共预算,high"), "first_year"),
        ("function_codes", functions(f"201,{'长' * 101},类,,,,,一般公共预算,high"), "第2行：名称"),
        ("function_codes", functions(), "没有任何一行"),
        ("economic_mapping", ("gov_code,dept_code", "501,301"), "第2行：缺少 gov_name"),
        ("code_changes", (*FILES["code_changes.csv"][:1], "x,201,,,add,,high,,"), "“x”不是规定"),
    ],
)
def test_a_malformed_file_is_refused_and_nothing_is_loaded(
    lists: Lists, file: str, rows: tuple[str, ...], words: str
) -> None:
    with pytest.raises(MalformedRecord, match=words) as refusal:
        load_lists(lists(**{file: rows}), 2030)
    assert str(refusal.value).startswith(f"{file}.csv")
    for model in (FunctionCode, EconomicCode, EconomicMapping, RevenueCode, CodeChange):
        assert not model.objects.exists()


def test_a_missing_file_is_refused(lists: Lists) -> None:
    directory = lists()
    (directory / "2030" / "revenue_codes.csv").unlink()
    with pytest.raises(MalformedRecord, match=r"revenue_codes\.csv：无法读取"):
        load_lists(directory, 2030)
    assert not FunctionCode.objects.exists()


# ---- the command


def said(**options: object) -> str:
    out = StringIO()
    call_command("loadcodes", stdout=out, **options)
    return out.getvalue()


def test_the_command_says_what_changed_in_each_list(lists: Lists) -> None:
    assert said(dir=lists(), year=2030).splitlines()[:2] == [
        "支出功能分类科目：新增 3，变更 0，不变 0，停用 0（其中待核实、未启用 1）",
        "支出经济分类科目：新增 4，变更 0，不变 0，停用 0",
    ]


def test_without_a_year_the_latest_is_loaded(lists: Lists) -> None:
    lists(2030, function_codes=functions(CATEGORY))
    assert "新增 3" in said(dir=lists(2031))


def test_a_dry_run_says_the_same_and_changes_nothing(lists: Lists) -> None:
    told = said(dir=lists(), year=2030, dry_run=True)
    assert "新增 3" in told
    assert "试运行" in told
    assert not FunctionCode.objects.exists()


@pytest.mark.parametrize("year", [2029, 9999])
def test_an_unknown_year_ends_with_code_2(lists: Lists, year: int) -> None:
    with pytest.raises(CommandError, match=f"没有{year}年的科目表；现有年度：2030") as refusal:
        said(dir=lists(), year=year)
    assert refusal.value.returncode == 2


def test_a_malformed_file_ends_with_code_2(lists: Lists) -> None:
    broken = functions("x,甲,类,,,表,,一般公共预算,high")
    with pytest.raises(CommandError, match=r"function_codes\.csv 第2行") as refusal:
        said(dir=lists(function_codes=broken), year=2030)
    assert refusal.value.returncode == 2


def test_a_directory_without_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有任何年度的科目表"):
        said(dir=tmp_path)


def test_the_lists_that_come_with_the_system_load_whole() -> None:
    """Counts by hand from the files: 1,676 lines after the head, 57 of low confidence …"""
    said()
    assert FunctionCode.objects.count() == 1676
    assert FunctionCode.objects.filter(is_active=False).count() == 57
    assert EconomicCode.objects.filter(scheme=CodeScheme.DEPARTMENT_ECONOMIC).count() == 110
    assert EconomicCode.objects.filter(scheme=CodeScheme.GOVERNMENT_ECONOMIC).count() == 81
    assert (EconomicMapping.objects.count(), RevenueCode.objects.count()) == (167, 61)
    assert CodeChange.objects.count() == 85
