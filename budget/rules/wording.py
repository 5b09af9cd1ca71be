"""用词: one word for the body that speaks, and one basis for “三公”, throughout a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from budget.document import Disclosure
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.own_words import OWN, foreign_words, own_word
from budget.rules.passages import Passage, PassageKind, passages, untold
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity

THREE_PUBLICS: Final = re.compile(r"[“\"]?三公[”\"]?经费")
BASIS: Final = re.compile(r"一般公共预算(?:财政)?拨款|一般公共预算|公共财政拨款|财政拨款")
GENERAL_PUBLIC: Final = "一般公共预算拨款"


@rule(
    "WRD008",
    Severity.WARNING,
    "全文只用一种自称",
    explain=(
        "部门文件自称“本部门”，单位文件自称“本单位”，不混用；只有本级一个单位的，以版式为准。"
        "部门文件里说到所属单位时写出单位名称。"
    ),
    basis="部门预算公开文本，用词一致",
    example="版式自称“本部门”，增减原因里写“本单位人员增加”。",
)
def one_word_for_oneself(subject: Subject) -> Iterable[Outcome]:
    """What people typed calls the body by one word, which is that of its scope (N20)."""
    yield from untold(subject)
    own = own_word(subject)
    for passage, others in foreign_words(subject):
        yield Finding(
            (passage.address,),
            Side(passage.label, "、".join(others), address=passage.address),
            Side("本文件的自称", own),
            advice=f"改为“{own}”，或写明是哪个单位",
        )


@rule(
    "WRD009",
    Severity.WARNING,
    "版式的自称与文件范围相符",
    explain="部门文件里的固定文字自称“本单位”，由财政部门决定是否在版式中更正。",
    basis="公开版式，用词一致",
    example="部门预算公开里写“2023年本单位收入预算”。",
)
def own_word_fits_the_scope(subject: Subject) -> Iterable[Outcome]:
    """The edition's own word is 本 with the word for the body (N20)."""
    wording = subject.edition.wording[subject.document.scope]
    yield from untold(subject)
    places = tuple(each.address for each in _speaking(subject) if wording.own in each.text)
    if wording.own in OWN and wording.own != f"本{wording.body}" and places:
        yield Finding(
            places,
            Side("文中自称", wording.own),
            Side("文件范围", wording.body),
            advice="在版式中统一",
        )


@rule(
    "WRD010",
    Severity.WARNING,
    "“三公”经费的口径各处相同",
    explain="名词解释、表头、附注对“三公”经费的资金口径应一致；由财政部门在版式中统一。",
    basis="公开版式，名词解释与“三公”经费表",
    example="名词解释说用一般公共预算拨款安排，表头写财政拨款，附注写公共财政拨款。",
)
def one_basis_for_three_publics(subject: Subject) -> Iterable[Outcome]:
    """Explanation, head and note name the same money as the basis of “三公” (N28)."""
    said = [
        (each, basis)
        for each in passages(subject, PassageKind.FIXED)
        for basis in _bases(each.text)
    ]
    if not said:
        yield NotChecked("文件没有说明“三公”经费的口径")
    if len({basis for _, basis in said}) > 1:
        first, *others = said
        other = next(each for each in others if each[1] != first[1])
        yield Finding(
            tuple(dict.fromkeys(each.address for each, _ in said)),
            Side(first[0].label, first[1], address=first[0].address),
            Side(other[0].label, other[1], address=other[0].address),
            advice="在版式中统一口径",
        )


@rule(
    "WRD016",
    Severity.WARNING,
    "目录与标题用词相同",
    explain="目录所列名称与正文标题不一致时，由财政部门在版式中统一。",
    basis="公开版式，目录与标题",
    example="目录写“部门收支总表”，表的标题写“2023年部门收支总体情况表”。",
)
def contents_read_as_titles(subject: Subject) -> Iterable[Outcome]:
    """Contents call parts and tables what their titles do, but for year and body (N26)."""
    listed = list(_listed(subject.document))
    if not listed:
        yield NotChecked("文件没有目录")
    differing = [each for each in listed if not _reads_as(*each[1:])]
    if differing:
        address, contents, title = differing[0]
        yield Finding(
            tuple(address for address, _, _ in differing),
            Side("目录", contents, address=address),
            Side("标题", title, address=address),
            advice="在版式中统一",
            remark=f"共 {len(differing)} 处不同" if len(differing) > 1 else "",
        )


def _listed(document: Disclosure) -> Iterator[tuple[str, str, str]]:
    """Yield address, wording in the contents and title of what the contents list."""
    for part in document.parts:
        titled = [(part.key, part.contents_title, part.title)]
        titled += [(each.key, each.contents_title, each.title) for each in part.sections]
        titled += [(f"{each.code}/title", each.contents_title, each.title) for each in part.tables]
        yield from (each for each in titled if each[1] and each[2])


def _reads_as(listed: str, title: str) -> bool:
    """True where one is the other with a number, the year or the body before it."""
    first, second = (re.sub(r"\W", "", text) for text in (listed, title))
    return second.endswith(first) or first.endswith(second)


def _speaking(subject: Subject) -> Iterator[Passage]:
    kinds = (PassageKind.SENTENCE, PassageKind.DATED, PassageKind.CELL)
    return passages(subject, *kinds)


def _bases(text: str) -> Iterator[str]:
    """Yield the basis that each clause about “三公” names, in one spelling of the same money."""
    for clause in re.split(r"[。|]", text):
        if THREE_PUBLICS.search(clause):
            for found in BASIS.finditer(clause):
                word = found.group()
                yield GENERAL_PUBLIC if word.startswith("一般公共预算") else word
