"""Reading a transcribed department from its files: what is read, and what is refused."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from budget.book import UnknownCode
from budget.imports.records import MalformedRecord, csv_records, record
from budget.imports.sample_files import PartFiles, read_sample
from budget.lines import Line
from budget.terms import Nature, Scope, Source, UnitType, Upkeep

LINES = "unit,sequence,nature,function,source,amount,upkeep,economic,project,carried_over\n"
EMPTY = {
    "estimates.csv": "unit,source,amount,carried_over\n",
    "projects.csv": "code,unit,name,category,purpose\n",
    "events.csv": "unit,sequence,kind,name,content,attendance,basic,project\n",
    "procurement.csv": "unit,sequence,kind,name,amount,project,economic\n",
    "vehicles.csv": "unit,holding,use,count\n",
    "equipment.csv": "unit,holding,kind,count\n",
    "prior.csv": "measure,amount,precision,origin,unit\n",
    "remarks.json": '[{"key": "revenue_change", "unit": null, "text": "人员增加"}]',
}
HEAD = {
    "department": {"code": "901", "name": "某局"},
    "year": 2030,
    "codes_on": "2030-01-01",
    "edition": "some-edition",
    "origin": "transcribed",
    "source": "虚构",
    "units": [{"code": "901001", "name": "某局机关", "type": "administrative", "is_head": True}],
}
FUNCTIONS = """code,name,level,first_year,last_year,source,parent_code,budget,confidence
201,一般公共服务支出,类,,,,,一般公共预算,verified
202,外交支出,类,,,,,一般公共预算,verified
20103,政府办公厅（室）及相关机构事务,款,,,,201,一般公共预算,verified
2010301,行政运行,项,,,,20103,一般公共预算,verified
2010302,旧项,项,,2029,,20103,一般公共预算,verified
2010303,新项,项,2031,,,20103,一般公共预算,verified
2010304,疑项,项,,,,20103,一般公共预算,low
"""
ECONOMICS = """code,name,level,kind,first_year,last_year,source,parent_code,confidence
302,商品和服务支出,类,dept,,,,,verified
30201,办公费,款,dept,,,,302,verified
502,机关商品和服务支出,类,gov,,,,,verified
"""


@pytest.fixture
def codes(tmp_path: Path) -> Path:
    directory = tmp_path / "codes"
    directory.mkdir()
    (directory / "function_codes.csv").write_text(FUNCTIONS, encoding="utf-8")
    (directory / "economic_codes.csv").write_text(ECONOMICS, encoding="utf-8")
    return directory


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    directory = tmp_path / "901-2030"
    directory.mkdir()
    for name, content in EMPTY.items():
        (directory / name).write_text(content, encoding="utf-8")
    (directory / "department.json").write_text(json.dumps(HEAD), encoding="utf-8")
    return with_line(directory, "901001,1,basic,201-03-01,general_public,1.05,operating,30201,,")


def with_line(directory: Path, line: str) -> Path:
    (directory / "lines.csv").write_text(f"{LINES}{line}\n", encoding="utf-8")
    return directory


def test_a_line_is_read_with_its_words_and_its_code_in_one_spelling(
    sample: Path, codes: Path
) -> None:
    [line] = read_sample(sample, codes, {}).book.lines
    assert line == Line(
        unit="901001",
        sequence=1,
        nature=Nature.BASIC,
        function="2010301",
        source=Source.GENERAL_PUBLIC,
        amount=Decimal("1.05"),
        upkeep=Upkeep.OPERATING,
        economic="30201",
    )


def test_the_book_speaks_for_the_department(sample: Path, codes: Path) -> None:
    read = read_sample(sample, codes, {})
    assert (read.book.scope, read.book.code, read.book.name) == (Scope.DEPARTMENT, "901", "某局")
    assert read.book.units[0].type is UnitType.ADMINISTRATIVE
    assert read.head.edition == "some-edition"
    assert read.remarks["revenue_change"] == "人员增加"


def test_the_catalogue_holds_all_categories_and_the_codes_in_use(sample: Path, codes: Path) -> None:
    catalogue = read_sample(sample, codes, {}).book.catalogue
    assert list(catalogue.function) == ["201", "20103", "2010301", "202"]
    assert list(catalogue.economic) == ["302", "30201"]


@pytest.mark.parametrize("code", ["2010302", "2010303", "2010304", "2019999"])
def test_a_code_not_in_force_on_the_day_is_refused(sample: Path, codes: Path, code: str) -> None:
    with_line(sample, f"901001,1,basic,{code},general_public,1.00,operating,30201,,")
    with pytest.raises(UnknownCode, match=code):
        read_sample(sample, codes, {})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("901001,1,basics,2010301,general_public,1.00,,,,", "第2行 nature"),
        ("901001,1,basic,2010301,general_public,一元,,,,", "第2行 amount"),
        ("901001,1,basic,2010301,general_public,NaN,,,,", "第2行 amount"),
        ("901001,1,basic,2010301,general_public,,,,,", "第2行：缺少 amount"),
        ("901001,1,basic,2010301,general_public,1.00,,,,maybe", "第2行 carried_over"),
        ("901001,x,basic,2010301,general_public,1.00,,,,", "第2行 sequence"),
        ("901009,1,basic,2010301,general_public,1.00,,,,", "没有编码为 901009 的单位"),
        ("901001,1,project,2010301,general_public,1.00,,,P9,", "没有编码为 P9 的项目"),
        ("901001,1,basic,2010301,general_public,1.00,,,,,1", "第2行"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_with_its_place(
    sample: Path, codes: Path, line: str, message: str
) -> None:
    with_line(sample, line)
    with pytest.raises(MalformedRecord, match=message):
        read_sample(sample, codes, {})


def test_a_file_that_nobody_reads_is_refused(sample: Path, codes: Path) -> None:
    (sample / "lines2.csv").write_text(LINES, encoding="utf-8")
    with pytest.raises(MalformedRecord, match=r"lines2\.csv"):
        read_sample(sample, codes, {})


def test_a_part_reads_its_own_files_beside_ours(sample: Path, codes: Path) -> None:
    (sample / "songs.txt").write_text("一首", encoding="utf-8")
    part = PartFiles(("songs.txt",), lambda directory: (directory / "songs.txt").read_text("utf-8"))
    assert read_sample(sample, codes, {"songs": part}).book.parts == {"songs": "一首"}


def test_a_missing_file_is_refused(sample: Path, codes: Path) -> None:
    (sample / "prior.csv").unlink()
    with pytest.raises(MalformedRecord, match=r"prior\.csv"):
        read_sample(sample, codes, {})


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text("unit,colour\n901001,red\n", encoding="utf-8")
    with pytest.raises(MalformedRecord, match="没有名为 colour 的字段"):
        csv_records(path, Line)


def test_a_record_must_have_named_fields() -> None:
    with pytest.raises(MalformedRecord, match="某处"):
        record(Line, ["901001"], "某处")  # type: ignore[arg-type]
