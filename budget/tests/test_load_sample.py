"""The sample in the database: equal to its files, released once, loaded again without a trace."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from operator import attrgetter
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from pytest_django import Settings

from budget.canonical import Inputs, compare, inputs_content
from budget.document import Disclosure, Table
from budget.load import load_book, load_remarks
from budget.management.commands import loadsample
from budget.management.commands.loadsample import load_sample
from budget.models import (
    BudgetYear,
    Department,
    DepartmentBudget,
    FunctionCode,
    Release,
    Snapshot,
    SpendingLine,
    UnitBudget,
)
from budget.registry import Registry
from budget.release import read
from budget.render.errors import RenderError
from budget.render.registry import Files, Format
from budget.terms import Origin, Scope, State
from budget.tests.samples import CODES, SAMPLE, declared, sample
from budget.tests.stored import past_the_lock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def prepared(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "releases"
    declared()
    call_command("loadcodes", stdout=StringIO())


def stated(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    return {f"{disclosure.file_stem}.txt": disclosure.title.encode()}


TEXT = Format("txt", "文本", "text/plain", stated)


def loaded(directory: Path = SAMPLE) -> list[str]:
    return load_sample(directory, CODES.parent, [TEXT])


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Return what copies the sample with one text replaced in one file."""

    def copy(file: str, old: str, new: str) -> Path:
        folder = Path(shutil.copytree(SAMPLE, tmp_path / "copy", dirs_exist_ok=True))
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return copy


def counted() -> dict[str, int]:
    """Return how many rows each model has, those of other packages included."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_the_stored_book_is_the_one_in_the_files() -> None:
    loaded()
    stored = inputs_content(
        Inputs(book=load_book("157", 2023), remarks=load_remarks("157", 2023), edition="e")
    )
    # The database keeps last year's figures in the order of their names.
    prior = tuple(sorted(sample().book.prior, key=attrgetter("measure")))
    book = replace(sample().book, prior=prior)
    filed = inputs_content(Inputs(book=book, remarks=sample().remarks, edition="e"))
    assert compare(stored, filed) == ()


def test_department_and_unit_have_their_first_release() -> None:
    loaded()
    department, unit = Release.objects.order_by("code")
    assert (department.scope, department.code, department.number) == (Scope.DEPARTMENT, "157", 1)
    assert (unit.scope, unit.code, unit.number) == (Scope.UNIT, "157001", 1)
    assert [department.origin, unit.origin] == [Origin.TRANSCRIBED, Origin.COMPILED]
    assert department.snapshot == unit.snapshot
    assert DepartmentBudget.objects.get().state is State.PUBLISHED
    assert read(department).title == "长沙市人民政府驻北京联络处2023年部门预算公开"
    assert [file.name for file in unit.files.all()] == ["157001-2023.txt"]


def test_loading_again_replaces_the_rows_and_publishes_nothing() -> None:
    loaded()
    before = counted()
    assert before["performance.Indicator"] > 0
    said = loaded()
    assert all("没有变化" in each for each in said)
    assert counted() == before
    assert (Release.objects.count(), Snapshot.objects.count()) == (2, 1)
    assert DepartmentBudget.objects.count() == 1


def test_what_somebody_changed_in_the_working_rows_is_put_back() -> None:
    loaded()
    with past_the_lock(DepartmentBudget.objects.get()):
        SpendingLine.objects.filter(sequence=1).update(amount=1)
        SpendingLine.objects.filter(sequence=2).delete()
    loaded()
    assert load_book("157", 2023).lines == sample().book.lines


def test_a_changed_sample_is_released_as_a_correction(
    copied: Callable[[str, str, str], Path],
) -> None:
    loaded()
    loaded(copied("lines.csv", "769300.00", "769400.00"))
    first, second = Release.objects.filter(code="157").order_by("number")
    assert (second.number, second.replaces) == (2, first)
    assert Snapshot.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("lines.csv", "769300.00", "abc", "lines.csv 第2行 amount"),
        ("lines.csv", "2010301", "2990101", "2990101"),
        ("department.json", '"transcribed"', '"copied"', "origin：“copied”"),
        ("department.json", '"changsha-2023"', '"nowhere"', "nowhere"),
        ("department.json", "2023-01-01", "soon", "codes_on"),
        ("remarks.json", '"unit": null', '"unit": "158001"', "158001"),
    ],
)
def test_a_wrong_file_is_refused_whole(
    copied: Callable[[str, str, str], Path], file: str, old: str, new: str, words: str
) -> None:
    with pytest.raises(CommandError, match=words) as refusal:
        call_command("loadsample", dir=copied(file, old, new), stdout=StringIO())
    assert refusal.value.returncode == 2
    assert not Department.objects.exists()
    assert not Release.objects.exists()


def test_a_document_that_cannot_be_written_leaves_nothing_behind() -> None:
    def choosy(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
        if disclosure.scope is Scope.UNIT:
            raise RenderError("缺字")
        return {}

    before = counted()
    with pytest.raises(RenderError):
        load_sample(SAMPLE, CODES.parent, [Format("txt", "文本", "text/plain", choosy)])
    assert counted() == before


def test_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有这个样例目录") as refusal:
        call_command("loadsample", dir=tmp_path / "none", stdout=StringIO())
    assert refusal.value.returncode == 2


def test_a_year_with_another_edition_is_not_overwritten() -> None:
    BudgetYear.objects.create(year=2023, edition="another", codes_on="2023-01-01")
    with pytest.raises(CommandError, match="2023年已设定版式 another"):
        call_command("loadsample", dir=SAMPLE, stdout=StringIO())
    assert BudgetYear.objects.get().edition == "another"


def test_the_command_publishes_in_all_formats() -> None:
    out = StringIO()
    call_command("loadsample", dir=SAMPLE, stdout=out)
    assert out.getvalue().splitlines() == [
        "157 2023年 第1次发布：长沙市人民政府驻北京联络处2023年部门预算公开（14 个文件）",
        "157001 2023年 第1次发布：长沙市人民政府驻北京联络处2023年单位预算公开（14 个文件）",
    ]


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, ["157-2023"]),
        ({"invented": True}, ["157-2023", "501-2026", "502-2026"]),
    ],
)
def test_without_a_directory_what_was_transcribed_is_loaded_and_what_is_invented_if_asked(
    options: dict[str, bool], wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(directory: Path, codes: Path) -> list[str]:
        asked.append(directory.name)
        return []

    monkeypatch.setattr(loadsample, "load_sample", ask)
    call_command("loadsample", stdout=StringIO(), **options)
    assert asked == wanted


def test_invented_departments_become_drafts_beside_an_empty_next_year() -> None:
    said = StringIO()
    call_command("loadsample", drafts=True, stdout=said)
    assert "502 2026年 二上 第1版：示范区工艺技术研究所，编制中" in said.getvalue()
    assert not Release.objects.exists()
    budgets = DepartmentBudget.objects.all()
    assert {(each.department_id, each.year_id, each.state) for each in budgets} == {
        (code, year, State.DRAFT) for code in ("501", "502") for year in (2026, 2027)
    }
    assert all(Department.objects.values_list("invented", flat=True))
    lines = SpendingLine.objects.filter(budget__department_id="502")
    assert set(lines.values_list("budget__year_id", flat=True)) == {2026}
    units = UnitBudget.objects.filter(budget__department_id="501", budget__year_id=2027)
    assert units.count() == 6
    assert not UnitBudget.objects.filter(complete=True).exists()


def test_a_draft_that_is_there_is_left_as_it_is() -> None:
    call_command("loadsample", drafts=True, stdout=StringIO())
    SpendingLine.objects.filter(budget__department_id="502").delete()
    said = StringIO()
    call_command("loadsample", drafts=True, stdout=said)
    assert "502 2026年 已经有预算，没有改动" in said.getvalue()
    assert not SpendingLine.objects.filter(budget__department_id="502").exists()


def test_a_draft_without_its_code_lists_is_refused() -> None:
    FunctionCode.objects.all().delete()
    with pytest.raises(CommandError, match="请先执行 loadcodes") as refusal:
        call_command("loadsample", drafts=True, stdout=StringIO())
    assert refusal.value.returncode == 2
    assert not Department.objects.exists()


def test_a_sample_whose_edition_is_unknown_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loadsample, "EDITIONS", Registry("版式"))
    with pytest.raises(CommandError, match="没有名为 'changsha-2023' 的版式") as refusal:
        call_command("loadsample", stdout=StringIO())
    assert refusal.value.returncode == 2
    assert not Department.objects.exists()


def test_a_sample_older_than_all_code_lists_is_refused(
    copied: Callable[[str, str, str], Path],
) -> None:
    with pytest.raises(CommandError, match="没有2022年及以前的科目表") as refusal:
        call_command(
            "loadsample", dir=copied("department.json", "2023,", "2022,"), stdout=StringIO()
        )
    assert refusal.value.returncode == 2
