"""A budget book for a test: state what matters, the rest is filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

from budget.book import BudgetBook, Catalogue, Department, PriorFigure, Project, Unit
from budget.disclosure import compose
from budget.document import Chart, Disclosure, Figure, Paragraph
from budget.edition import Edition, TableUse
from budget.lines import Line
from budget.remarks import Remarks
from budget.terms import Nature, ProjectCategory, Scope, Source, UnitType, Upkeep
from budget.tests.samples import sample_edition

OFFICE = Unit(code="900001", name="某局", type=UnitType.ADMINISTRATIVE, is_head=True)
SCHOOL = Unit(code="900002", name="某校", type=UnitType.PUBLIC_SERVICE_ONE)
PROJECT = Project(
    code="900001-01", unit="900001", name="某项目", category=ProjectCategory.OTHER_PURPOSE
)
CATALOGUE = Catalogue(
    function={
        "201": "一般公共服务支出",
        "20103": "政府办公厅（室）及相关机构事务",
        "2010301": "行政运行",
        "2010302": "一般行政管理事务",
        "202": "外交支出",
        "203": "国防支出",
        "20306": "国防动员",
        "2030603": "人民防空",
        "204": "公共安全支出",
        "205": "教育支出",
        "20502": "普通教育",
        "2050202": "小学教育",
        "206": "科学技术支出",
        "207": "文化旅游体育与传媒支出",
        "208": "社会保障和就业支出",
        "209": "社会保险基金支出",
        "210": "卫生健康支出",
        "211": "节能环保支出",
        "212": "城乡社区支出",
        "21208": "国有土地使用权出让收入安排的支出",
        "2120804": "农村基础设施建设支出",
        "213": "农林水支出",
        "214": "交通运输支出",
        "215": "资源勘探工业信息等支出",
        "216": "商业服务业等支出",
        "217": "金融支出",
        "219": "援助其他地区支出",
        "220": "自然资源海洋气象等支出",
        "221": "住房保障支出",
        "222": "粮油物资储备支出",
        "224": "灾害防治及应急管理支出",
        "229": "其他支出",
    },
    economic={
        "301": "工资福利支出",
        "30101": "基本工资",
        "302": "商品和服务支出",
        "30201": "办公费",
        "30217": "公务接待费",
        "30231": "公务用车运行维护费",
        "310": "资本性支出",
        "31013": "公务用车购置",
    },
)
_numbers = count(1)


def wan(text: str) -> Decimal:
    """Return an amount written in 万元 as yuan."""
    return Decimal(text) * 10000


def basic(amount: str, **changes: Any) -> Line:
    """Return office wages of so many 万元, from the general public budget."""
    line = Line(
        unit=OFFICE.code,
        sequence=next(_numbers),
        nature=Nature.BASIC,
        upkeep=Upkeep.PERSONNEL,
        function="2010301",
        economic="30101",
        source=Source.GENERAL_PUBLIC,
        amount=wan(amount),
    )
    return replace(line, **changes)


def running(amount: str, **changes: Any) -> Line:
    """Return office running costs of so many 万元."""
    return basic(amount, **{"upkeep": Upkeep.OPERATING, "economic": "30201", **changes})


def project(amount: str, **changes: Any) -> Line:
    """Return project money of so many 万元."""
    changes = {
        "nature": Nature.PROJECT,
        "project": PROJECT.code,
        "function": "2010302",
        **changes,
    }
    return basic(amount, upkeep=None, economic=changes.pop("economic", None), **changes)


def other_use(amount: str, nature: Nature, source: Source, **changes: Any) -> Line:
    """Return money of a nature that is neither basic nor project spending."""
    changes = {"nature": nature, "source": source, **changes}
    return basic(amount, upkeep=None, economic=None, **changes)


def last_year(measure: str, amount: str, **changes: Any) -> PriorFigure:
    """Return last year's figure of a measure, in 万元."""
    figure = PriorFigure(
        measure=measure, amount=wan(amount), precision=Decimal(100), origin="上年预算"
    )
    return replace(figure, **changes)


def a_book(
    *lines: Line,
    units: tuple[Unit, ...] = (OFFICE,),
    prior: Iterable[PriorFigure] = (),
    **rest: Any,
) -> BudgetBook:
    """Return the book of department 900 for 2023 with these lines."""
    return BudgetBook(
        **{
            "year": 2023,
            "scope": Scope.DEPARTMENT,
            "department": Department(code="900", name="某局"),
            "units": units,
            "catalogue": CATALOGUE,
            "lines": lines,
            "projects": (PROJECT,),
            "prior": tuple(prior),
            **rest,
        }
    )


def published(book: BudgetBook, edition: Edition | None = None, /, **remarks: str) -> Disclosure:
    """Return the document of a book with these remarks."""
    return compose(book, Remarks(remarks), edition or sample_edition())


def printing(edition: Edition, *tables: TableUse) -> Edition:
    """Return an edition of a text part and a tables part with other tables."""
    text, second = edition.parts
    return replace(edition, parts=(text, replace(second, tables=tables)))


def sentence(document: Disclosure, code: str) -> str:
    """Return what a paragraph says."""
    return "".join(
        run if isinstance(run, str) else run.text for run in paragraph(document, code).text
    )


def figures(document: Disclosure, code: str) -> dict[str, str]:
    """Return the figures of a paragraph by key."""
    runs = paragraph(document, code).text
    return {run.key: run.text for run in runs if isinstance(run, Figure)}


def paragraph(document: Disclosure, code: str) -> Paragraph:
    """Return a paragraph by its code."""
    [found] = [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph) and block.key == code
    ]
    return found


def chart(document: Disclosure, code: str) -> Chart:
    """Return a chart by its code."""
    [found] = [each for each in document.charts if each.code == code]
    return found


def column(document: Disclosure, table: str, key: str) -> dict[str, str]:
    """Return the filled cells of a column by the key of their row."""
    return {
        cell.address.split("/")[1]: cell.text
        for cell in document.tables_by_code[table].cells.values()
        if cell.key == key and cell.text
    }
