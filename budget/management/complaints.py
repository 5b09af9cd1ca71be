"""What the reader of arguments says of wrong ones, in Chinese.

Its sentences are fixed patterns (argparse, Python 3.11 to 3.13); one that none of them fits is
told as it is, behind words that say what it is about.
"""

from __future__ import annotations

import re
from typing import Final

COMPLAINTS: Final = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (r"the following arguments are required: (.+)", "缺少参数：{0}"),
        (r"unrecognized arguments: (.+)", "不认识的参数：{0}"),
        (r"ambiguous option: (.+) could match (.+)", "选项 {0} 不明确，可能是 {1}"),
        (r"one of the arguments (.+) is required", "{0} 须写明一个"),
        (r"argument (.+?): expected one argument", "{0} 后面要写一个值"),
        (r"argument (.+?): expected at least one argument", "{0} 后面至少要写一个值"),
        (r"argument (.+?): expected (\d+) arguments", "{0} 后面要写 {1} 个值"),
        (r"argument (.+?): ignored explicit argument '(.*)'", "{0} 后面不写值，却写了“{1}”"),
        (r"argument (.+?): not allowed with argument (.+)", "{0} 不能与 {1} 同时写"),
        (r"argument (.+?): invalid int value: '(.*)'", "{0} 的值“{1}”不是整数"),
        (r"argument (.+?): invalid \S+ value: '(.*)'", "{0} 的值“{1}”无效"),
        (
            r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)",
            "{0} 的值“{1}”无效，可写：{2}",
        ),
        (r"argument (.+?): (.*[\u4e00-\u9fff].*)", "{0}：{1}"),
    )
)


def in_chinese(complaint: str) -> str:
    """Return a complaint in Chinese.

    >>> in_chinese("argument --year: invalid int value: 'abc'")
    '--year 的值“abc”不是整数'
    >>> in_chinese("the following arguments are required: 编码, 年度")
    '缺少参数：编码、年度'
    """
    for pattern, told in COMPLAINTS:
        if found := pattern.fullmatch(complaint):
            return told.format(*(each.replace(", ", "、") for each in found.groups()))
    return f"参数有误（{complaint}）"
