"""占位与残留文字: what somebody meant to fill in, take out or write once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.passages import (
    Passage,
    PassageKind,
    passages,
    unreadable,
    untold,
    with_signs,
)
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity

TYPED: Final = (
    PassageKind.SENTENCE,
    PassageKind.DATED,
    PassageKind.HEADING,
    PassageKind.CELL,
)
PLACEHOLDER: Final = re.compile(
    r"(?<![A-Za-z])[XxＸ]{2,}(?![A-Za-z\d-])|×{2,}|[＊*]{2,}|_{2,}|＿{2,}|□+"
    r"|(?<![A-Za-z\d])[XxＸ×](?=年|月|日|人次?|名|次|批|辆|台|万?元|[%％]|个(?!体))"
    r"|(?<![一二])[○●△]{2,}|[？?]{2,}|[（(][ 　]*[）)]|“”|《》"
    r"|此处[填补插]|请(?:填写|补充|核实)|[（(]填写[^）)]*[）)]|根据(?:本单位|本部门)?实际情况填写"
    r"|\[(?:单位|部门|金额|年份|年度|名称|日期|原因)[^\]]*\]"
    r"|(?<![亟急等有期对看接招])待(?:填(?!补)写?|补充|核实|定(?![点期向位时额制岗]))"
    r"|某某+|\{[^{}]*\}|｛[^｛｝]*｝|【(?!附?注|备注|说明|依据|提示|例)[^【】\d]*】|TODO|TBD"
)
SIGNS: Final = re.compile(r"[XxＸ×＊*_＿□○●△？?（(“《此请根\[待某{｛【T]")
"""What every one of these begins with."""
DOUBLED: Final = re.compile(
    r"(?!一(.)一\1)([\u4e00-\u9fff]{2,8})\2|等等(?=[\u4e00-\u9fff])"
    r"|的的(?!确)|(?<!不)了了(?![之解])|(?<!是)是是(?!非)|和和(?![美气])|与与|及及|为为|元元|万万元"
)
PUNCTUATION: Final = re.compile(r"[，。；：、！？,;]{2,}|…{3,}")
REPLACED: Final = re.compile(r"(?<![由将把从为])(?:修改为|改为|改成)")
EDITED: Final = re.compile(
    r"[（(](?:删|删除|改|修改|已改|待改|存疑)[）)]|批注[：:\[\d]|(?:应|建议|请)(?:修?改[为成]|删[去除])"
    r"|此[句处段](?:删|改|不要)|[”」](?:修?改为|改成)[“「]|(?:修?改为|改成)[：:]"
)
"""What reviewers write between the lines."""
SIGNS_OF_EDITING: Final = re.compile("[改删疑注]")
"""One of these stands in each."""
STANDS_APART: Final = re.compile(r"(?:^|[\s。；]|为止|[\d满不]得?分)$")
"""What stands before 改为 where a second text begins."""
CLAUSE: Final = re.compile(r"[，。；：、\s]")
CHOICE: Final = re.compile(
    r"[（(][^（）()]*[/／][^（）()]*[）)]|[预决]?[（(][决预][）)]算|本年度(?:19|20)\d{2}年"
)
"""Alternatives of a form between which nobody chose, or a year said twice."""


@rule(
    "WRD001",
    Severity.WARNING,
    "没有占位文字",
    explain="XX、××、待填、{单位}等是留给填写的位置，补全或删去。",
    basis="部门预算公开文本，检查中的常见问题",
    example="主要是XX项目增加。",
)
def nothing_is_left_to_fill_in(subject: Subject) -> Iterable[Outcome]:
    """No XX, ××, 待填 or braces are left (N24)."""
    yield from untold(subject)
    yield from _matching(with_signs(subject, SIGNS, TYPED), PLACEHOLDER, "补全或删去")
    damaged = len(unreadable(subject))
    if damaged:
        yield NotChecked(f"{damaged}处文字在转换中残缺，未作检查")


@rule(
    "WRD002",
    Severity.WARNING,
    "没有修改残留的文字",
    explain="“原文 改为 新文”一类文字是修改意见，只保留改后的文字。",
    basis="部门预算公开文本，检查中的常见问题",
    example="每少10期扣3分，扣完为止 改为完成率小于60%的不得分。",
)
def no_editing_is_left(subject: Subject) -> Iterable[Outcome]:
    """No 改为 stands between an old text and a new one (N24)."""
    yield from untold(subject)
    for passage in with_signs(subject, SIGNS_OF_EDITING, TYPED):
        places = [each for each in REPLACED.finditer(passage.text) if _is_residue(passage, each)]
        places += EDITED.finditer(passage.text)
        if places:
            yield _finding(passage, _around(passage.text, places[0].start()), "只保留改后的文字")


@rule(
    "WRD003",
    Severity.WARNING,
    "没有重复的词和标点",
    explain="同一个词或标点连着写了两次，删去一个。",
    basis="部门预算公开文本，检查中的常见问题",
    example="拟召开召开例行工作调度会。",
)
def nothing_is_written_twice(subject: Subject) -> Iterable[Outcome]:
    """No word and no punctuation is doubled (N24)."""
    yield from untold(subject)
    for pattern in (DOUBLED, PUNCTUATION):
        yield from _matching(passages(subject, *TYPED), pattern, "删去重复的部分")


@rule(
    "WRD004",
    Severity.WARNING,
    "版式固定文字没有待选、重复的字样",
    explain="这些文字出自版式而不是填报内容，由财政部门在版式中更正。",
    basis="公开版式，表头、附注和名词解释",
    example="表头写“三公经费预（决）算数”，附注写“本年度2023年”。",
)
def fixed_words_are_settled(subject: Subject) -> Iterable[Outcome]:
    """The edition's own words leave no choice open and say nothing twice."""
    yield from untold(subject)
    for passage in passages(subject, PassageKind.FIXED):
        found = _all_of(passage.text, (CHOICE, DOUBLED, PUNCTUATION, PLACEHOLDER))
        if found:
            yield _finding(passage, "、".join(found), "在版式中更正")


def _matching(read: Iterable[Passage], pattern: re.Pattern[str], advice: str) -> Iterator[Finding]:
    for passage in read:
        found = _all_of(passage.text, (pattern,))
        if found:
            yield _finding(passage, "、".join(found), advice)


def _all_of(text: str, patterns: Iterable[re.Pattern[str]]) -> list[str]:
    found = (each.group() for pattern in patterns for each in pattern.finditer(text))
    return list(dict.fromkeys(found))


def _is_residue(passage: Passage, found: re.Match[str]) -> bool:
    """True where an old text stands before the new one, and not 将甲改为乙 or 培训改为线上.

    The new text stands apart, or says again what the old one says.
    """
    before, after = passage.text[: found.start()], passage.text[found.end() :]
    old, new = CLAUSE.split(before)[-1], CLAUSE.split(after)[0]
    if any(word in old for word in "由将把从"):
        return False
    said = {old[place : place + 2] for place in range(len(old) - 1)}
    return bool(STANDS_APART.search(before)) or any(each in new for each in said)


def _around(text: str, place: int) -> str:
    return text[max(0, place - 8) : place + 10]


def _finding(passage: Passage, found: str, advice: str) -> Finding:
    return Finding(
        (passage.address,),
        Side(passage.label, found, address=passage.address),
        advice=advice,
    )
