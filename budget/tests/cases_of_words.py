"""Cases of the rules on words."""

from __future__ import annotations

from dataclasses import replace

from budget.book import Catalogue, Renaming
from budget.document import Disclosure
from budget.edition import EDITIONS
from budget.rules.printed import Subject
from budget.terms import Scope
from budget.tests.altering import retyped, reworded, with_sections
from budget.tests.books import CATALOGUE, published, running
from budget.tests.changing import WHY, a_grown_book, the_document
from budget.tests.judging import a_subject
from budget.tests.rule_cases import Make, amounts, words
from budget.tests.samples import declared, sample_disclosure

OLD = Renaming("210", "医疗卫生与计划生育支出", "卫生健康支出")


def saying(reason: str) -> Make:
    """Return the document where this is the reason why income moved."""
    return lambda: a_subject(the_document(revenue_change=reason))


def receiving(reason: str) -> Make:
    """Return the same with 1.66 万元 of reception."""

    def make() -> Subject:
        book = a_grown_book()
        lines = (*book.lines, running("1.66", economic="30217"))
        return a_subject(the_document(replace(book, lines=lines), revenue_change=reason))

    return make


def without_words() -> Subject:
    """Return the sample's tables without sentences."""
    return a_subject(with_sections(sample_disclosure(), lambda _: None))


def with_nothing() -> Subject:
    """Return a document without tables, sentences and contents."""
    document = without_words().document
    parts = (replace(part, tables=(), contents_title="") for part in document.parts)
    return a_subject(replace(document, parts=tuple(parts)))


def of_the_nation() -> Disclosure:
    """Return a document of the national edition, whose fixed words are in order."""
    declared()
    return published(a_grown_book(), EDITIONS["national-2016"])


def of_the_district() -> Disclosure:
    """Return a document of the district's edition, which names one basis of “三公” only."""
    declared()
    return published(a_grown_book(), EDITIONS["shanghai-district-2026"])


def renamed(reason: str, *renamings: Renaming) -> Make:
    """Return a book whose catalogue knows renamings, with this reason."""

    def make() -> Subject:
        catalogue = Catalogue(CATALOGUE.function, CATALOGUE.economic, renamings=renamings)
        book = replace(a_grown_book(), catalogue=catalogue)
        return a_subject(book, document=the_document(book, revenue_change=reason))

    return make


for code, wrong in {
    "WRD001": "因XX项目增加",
    "WRD002": "人员增加 改为新进人员五名",
    "WRD003": "新增新增人员",
    "WRD005": "2021年新进人员",
    "WRD006": "补助张某11010519491231002X",
    "WRD007": "联系人张某13800138000",
    "WRD008": "本部门新进人员",
}.items():
    words(code, passes=saying(WHY), fails=saying(wrong), missing=without_words)

words(
    "WRD004",
    passes=lambda: a_subject(of_the_nation()),
    fails=saying(WHY),
    missing=without_words,
)
words(
    "WRD009",
    passes=lambda: a_subject(published(replace(a_grown_book(), scope=Scope.UNIT))),
    fails=saying(WHY),
    missing=without_words,
)
words(
    "WRD010",
    passes=lambda: a_subject(of_the_district()),
    fails=saying(WHY),
    missing=with_nothing,
)
words(
    "WRD011",
    passes=saying(WHY),
    fails=lambda: a_subject(
        retyped(the_document(), "spending/2010301/function", "一般行政管理事务")
    ),
    missing=with_nothing,
)
words(
    "WRD012",
    passes=renamed(WHY, OLD),
    fails=renamed("医疗卫生与计划生育支出增加", OLD),
    missing=renamed(WHY),
)
words(
    "WRD013",
    passes=saying(WHY),
    fails=lambda: a_subject(reworded(the_document(), "revenue-budget", "万元", "元")),
    missing=without_words,
)
amounts(
    "WRD014",
    passes=receiving(WHY),
    fails=receiving("公务接待压减后为1.66元"),
    within=receiving("公务接待压减后为1.67元"),
    beyond=receiving("公务接待压减后为16600万元"),
    missing=without_words,
)
amounts(
    "WRD015",
    passes=receiving(WHY),
    fails=receiving("其余为公务接待费5万元"),
    within=receiving("其余为公务接待费1.66万元"),
    beyond=receiving("其余为公务接待费1.67万元"),
    missing=without_words,
)
words(
    "WRD016",
    passes=lambda: a_subject(of_the_nation()),
    fails=saying(WHY),
    missing=with_nothing,
)
