"""The command: what it writes, what it refuses and with which words."""

from __future__ import annotations

import hashlib
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from budget.edition import EDITIONS
from budget.imports.code_lists import load_lists
from budget.imports.records import json_records
from budget.imports.storing import store
from budget.models import BudgetYear, SpendingLine
from budget.registry import discover
from budget.remarks import Remark
from budget.render.registry import FORMATS
from budget.tests.samples import CODES, SAMPLE, sample, sample_disclosure
from budget.tests.stored import a_budget, a_unit
from performance.models import Indicator

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
DATA = "html,xlsx,csv,json"


@pytest.fixture
def stored(db: None) -> None:
    """Have the sample in the working tables; no release is needed to write files."""
    discover(settings.PACKAGES, ("storing",))
    load_lists(CODES.parent, 2023)
    remarks = json_records(SAMPLE / "remarks.json", Remark)
    day = date.fromisoformat(sample().head.codes_on)
    store(sample().book, remarks, edition=sample().head.edition, codes_on=day)


def written(*arguments: str, out: Path) -> list[str]:
    """Run the command and return the names that it printed."""
    said = StringIO()
    call_command("writedisclosure", *arguments, "--out", str(out), stdout=said)
    return [Path(line).relative_to(out).as_posix() for line in said.getvalue().splitlines()]


def refusal(*arguments: str, out: Path) -> tuple[str, int]:
    """Run the command, which must refuse, write nothing, and say why."""
    with pytest.raises(CommandError) as refused:
        call_command("writedisclosure", *arguments, "--out", str(out / "new"))
    assert list(out.iterdir()) == []
    return str(refused.value), refused.value.returncode


@pytest.mark.usefixtures("stored")
class TestWriting:
    """What is written, where and under which names."""

    def test_a_department_is_written_in_the_formats_asked_for(self, tmp_path: Path) -> None:
        names = written("157", "2023", "--format", "xlsx,json", out=tmp_path)
        assert names == ["157-2023.xlsx", "157-2023.json"]
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)

    def test_files_are_those_of_the_document_as_composed_without_a_database(
        self, tmp_path: Path
    ) -> None:
        written("157", "2023", "--format", DATA, out=tmp_path)
        for code in DATA.split(","):
            for name, content in FORMATS[code].render(sample_disclosure()).items():
                assert (tmp_path / name).read_bytes() == content

    def test_a_unit_s_document_bears_its_own_code(self, tmp_path: Path) -> None:
        assert written("157001", "2023", "--format", "json", out=tmp_path) == ["157001-2023.json"]

    def test_every_format_is_written_when_none_is_named(self, tmp_path: Path) -> None:
        names = written("157", "2023", out=tmp_path)
        endings = [name.rpartition(".")[2] for name in names]
        assert set(endings) == {"html", "pdf", "xlsx", "csv", "json"}
        assert endings.count("csv") == 10
        assert len(names) == 14

    @pytest.mark.parametrize("table", ["general-public-spending", "5"])
    def test_one_table_alone_is_asked_for_by_code_or_number(
        self, tmp_path: Path, table: str
    ) -> None:
        names = written("157", "2023", "--format", "xlsx,csv", "--table", table, out=tmp_path)
        assert names == [
            "157-2023-05-general-public-spending.xlsx",
            "157-2023-05-general-public-spending.csv",
        ]

    def test_a_format_asked_for_twice_is_written_once(self, tmp_path: Path) -> None:
        names = written("157", "2023", "--format", "json, json", out=tmp_path)
        assert names == ["157-2023.json"]

    def test_writing_again_gives_the_same_bytes(self, tmp_path: Path) -> None:
        digests = []
        for _ in range(2):
            written("157", "2023", "--format", DATA, out=tmp_path)
            files = sorted(tmp_path.iterdir())
            digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
        assert digests[0] == digests[1]

    def test_another_edition_may_be_asked_for(self, tmp_path: Path) -> None:
        BudgetYear.objects.update(edition="no-such-edition")
        edition = sample().head.edition
        names = written("157", "2023", "--format", "json", "--edition", edition, out=tmp_path)
        assert names == ["157-2023.json"]


@pytest.mark.usefixtures("stored")
class TestFailing:
    """What cannot be written leaves nothing behind."""

    def test_an_unknown_table(self, tmp_path: Path) -> None:
        message, code = refusal("157", "2023", "--table", "11", out=tmp_path)
        assert message.startswith("没有名为 '11' 的表；现有：1 summary、2 revenue、3 spending")
        assert code == 2

    def test_a_folder_that_cannot_be(self, tmp_path: Path) -> None:
        blocked = tmp_path / "file"
        blocked.write_bytes(b"")
        with pytest.raises(CommandError, match="无法把文件写入"):
            call_command("writedisclosure", "157", "2023", "--format", "json", "--out", blocked)

    def test_a_format_that_fails_leaves_nothing_of_the_others(self, tmp_path: Path) -> None:
        Indicator.objects.filter(pk=Indicator.objects.order_by("pk")[0].pk).update(name="甲\x07")
        message, code = refusal("157", "2023", "--format", "csv,xlsx", out=tmp_path)
        assert "文字含有不可见的控制字符，无法写入 XLSX" in message
        assert code == 1

    def test_money_that_the_edition_has_no_column_for(self, tmp_path: Path) -> None:
        line = SpendingLine.objects.order_by("unit", "sequence")[0]
        SpendingLine.objects.filter(pk=line.pk).update(carried_over=True)
        asked = ("157", "2023", "--edition", "shanghai-district-2026", "--format", "json")
        message, code = refusal(*asked, out=tmp_path)
        assert "没有可以列示以下资金的栏目：单位157001第1笔" in message
        assert "（上年结转），769,300.00元；该表的金额栏只有：" in message
        assert code == 1

    def test_a_code_that_no_list_names(self, tmp_path: Path) -> None:
        SpendingLine.objects.filter(function="2010302").update(function="2010388")
        message, code = refusal("157", "2023", "--format", "json", out=tmp_path)
        assert message == "功能分类科目 2010388 在本预算适用的科目表中不存在"
        assert code == 1

    def test_a_year_of_an_unknown_edition(self, tmp_path: Path) -> None:
        BudgetYear.objects.update(edition="no-such-edition")
        message, code = refusal("157", "2023", "--format", "json", out=tmp_path)
        assert "没有名为 'no-such-edition' 的版式" in message
        assert code == 2


class TestRefusing:
    """What does not exist is named, with what does, and exit code 2."""

    @pytest.fixture(autouse=True)
    def department(self, db: None) -> None:
        """Have department 801 of one unit with a budget of 2030."""
        a_budget(a_unit("801001"))

    @pytest.mark.parametrize(
        ("code", "year", "message"),
        [
            ("999", "2030", "没有编码为 999 的部门；现有部门：801"),
            ("801009", "2030", "部门 801 没有编码为 801009 的预算单位；现有单位：801001"),
            ("801", "2019", "部门 801 没有2019年的预算；现有年度：2030"),
            ("80", "2030", "“80”不是部门编码（3位）或单位编码（6位）；现有部门：801"),
            ("801-1", "2030", "“801-1”不是部门编码（3位）或单位编码（6位）；现有部门：801"),
            ("八〇一", "2030", "“八〇一”不是部门编码（3位）或单位编码（6位）；现有部门：801"),
            ("801", "30", "“30”不是4位数字的年度；现有年度：2030"),
            ("801", "20300", "“20300”不是4位数字的年度；现有年度：2030"),
            ("801", "２０３０", "“２０３０”不是4位数字的年度；现有年度：2030"),
        ],
    )
    def test_a_code_or_year_that_is_not_there(
        self, tmp_path: Path, code: str, year: str, message: str
    ) -> None:
        assert refusal(code, year, out=tmp_path) == (message, 2)

    def test_an_unknown_edition(self, tmp_path: Path) -> None:
        message, code = refusal("801", "2030", "--edition", "paris", out=tmp_path)
        assert message == f"没有名为 'paris' 的版式；现有：{'、'.join(EDITIONS)}"
        assert code == 2

    def test_an_unknown_format(self, tmp_path: Path) -> None:
        message, code = refusal("801", "2030", "--format", "xlsx,docx", out=tmp_path)
        assert message == f"没有名为 'docx' 的输出格式；现有：{'、'.join(FORMATS)}"
        assert code == 2


def test_an_empty_database_says_that_there_is_nothing(tmp_path: Path) -> None:
    assert refusal("157", "2023", out=tmp_path) == ("没有编码为 157 的部门；现有部门：（无）", 2)


def test_help_is_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("writedisclosure", "--help")
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for option in ("编码", "年度", "--edition", "--format", "--table", "--out"):
        assert option in said
