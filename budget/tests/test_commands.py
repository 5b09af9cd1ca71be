"""What all commands share: wrong arguments are refused in Chinese, with exit code 2."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import CommandError

from budget.management import base
from budget.management.complaints import in_chinese
from budget.render.writing import why

pytestmark = pytest.mark.one_engine

OWN = sorted(name for name, app in get_commands().items() if app == "budget")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b(usage|argument|required|error|invalid|options|show|exit|file)\b", re.I)


@pytest.mark.parametrize("name", OWN)
def test_every_command_is_one_of_ours_and_helps_in_chinese(name: str) -> None:
    command = load_command_class("budget", name)
    assert isinstance(command, base.Command)
    text = command.create_parser("manage.py", name).format_help()
    assert text.startswith(f"用法：manage.py {name}")
    assert CHINESE.search(text)
    assert not ENGLISH.search(text)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("checkbudget",), "缺少参数：编码、年度"),
        (("checkbudget", "157"), "缺少参数：年度"),
        (("checkworkbook", "甲.xlsx", "--year", "abc"), "--year：“abc”不是4位数字的年度"),
        (("checkworkbook", "甲.xlsx", "--year", "99999"), "--year：“99999”不是4位数字的年度"),
        (("checkworkbook", "甲.xlsx", "乙.xlsx"), "不认识的参数：乙.xlsx"),
        (("checkworkbook", "甲.xlsx", "--edition"), "--edition 后面要写一个值"),
        (("checkworkbook", "甲.xlsx", "--json=3"), "--json 后面不写值，却写了“3”"),
        (("loadcodes", "--year", "x"), "--year：“x”不是4位数字的年度"),
        (("writedisclosure", "157", "2023", "--verbosity", "x"), "--verbosity 的值“x”不是整数"),
    ],
)
def test_wrong_arguments_are_refused_in_chinese(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command(*arguments)
    assert str(refused.value).endswith(words)
    assert refused.value.returncode == 2


def run(*arguments: str) -> tuple[int, str]:
    """Run the command line and return its exit code and what it says of errors."""
    ended = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"DEBUG": "1"},
        capture_output=True,
        check=False,
        text=True,
    )
    return ended.returncode, ended.stderr


def test_on_the_command_line_the_usage_is_told_too() -> None:
    code, said = run("checkworkbook", "--year", "abc", "甲.xlsx")
    assert code == 2
    assert said.startswith("用法：manage.py checkworkbook")
    assert said.endswith("错误：--year：“abc”不是4位数字的年度\n")
    assert "Traceback" not in said


def test_on_the_command_line_a_refusal_is_one_chinese_sentence(tmp_path: Path) -> None:
    code, said = run("checkworkbook", str(tmp_path / "none.xlsx"))
    assert (code, said) == (2, "错误：none.xlsx：不能读取文件：没有这个文件或目录\n")
    code, said = run("checkworkbook", str(tmp_path))
    assert code == 2
    assert said.endswith("不能读取文件：这是一个目录，不是文件\n")


def test_complaints_that_are_not_known_are_told_as_they_are() -> None:
    assert in_chinese("something new") == "参数有误（something new）"


def test_a_rare_reason_of_the_system_is_told_by_its_number() -> None:
    assert why(OSError(95, "Operation not supported")) == "系统错误（编号 95）"
    assert why(OSError(28, "No space left on device")) == "磁盘空间不足"
