"""What the two disclosed funds pay for: 一般公共预算拨款支出 and 政府性基金预算支出."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.book import BudgetBook
from budget.ledger import where
from budget.measures.spending import (
    GENERAL_PUBLIC_BASIC,
    GENERAL_PUBLIC_PROJECT,
    GENERAL_PUBLIC_SPENDING,
    GOVERNMENT_FUND_BASIC,
    GOVERNMENT_FUND_PROJECT,
    GOVERNMENT_FUND_SPENDING,
)
from budget.narrative.phrases import (
    Item,
    amount,
    asks,
    because,
    by_category,
    change,
    itemise,
    own,
    say,
)
from budget.narrative.registry import Piece, Run, Voice, paragraph
from budget.questions import FROM_GENERAL_PUBLIC, GOVERNMENT_FUND, PROJECT, SPENT_THIS_YEAR
from budget.remarks import Remarks

FROM_GOVERNMENT_FUND = SPENT_THIS_YEAR & GOVERNMENT_FUND


@paragraph("general-public-spending")
def general_public_spending(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what the general public budget pays for, by 类 with shares."""
    yield f"{book.year}年"
    if not GENERAL_PUBLIC_SPENDING.amount(book):
        yield from (own, "无一般公共预算拨款安排的支出。")
        return
    yield from (own, "一般公共预算拨款支出", say("general_public_spending"), "，其中：")
    yield by_category("general_public_spending", FROM_GENERAL_PUBLIC, with_shares=True)
    yield "。具体安排情况如下："


@paragraph("general-public-basic")
def general_public_basic(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what basic spending is for; nothing where the budget pays for nothing."""
    if not GENERAL_PUBLIC_SPENDING.amount(book):
        return
    yield f"{book.year}年"
    yield from (own, "基本支出预算数", say(GENERAL_PUBLIC_BASIC.code))
    if GENERAL_PUBLIC_BASIC.amount(book):
        yield "，主要是为保障部门正常运转、完成日常工作任务而发生的各项支出，"
        yield "包括用于基本工资、津贴补贴等人员经费以及办公费、印刷费、水电费、"
        yield "办公设备购置等公用经费"
    yield "。"


@paragraph("general-public-project", asks={"project_purpose": "项目支出用途"})
def general_public_project(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what project spending is for: each 类 with the purpose that people wrote for it."""
    if not GENERAL_PUBLIC_SPENDING.amount(book):
        return
    yield f"{book.year}年"
    yield from (own, "项目支出预算", say(GENERAL_PUBLIC_PROJECT.code))
    if GENERAL_PUBLIC_PROJECT.amount(book):
        yield "，主要是单位为完成特定行政工作任务或事业发展目标而发生的支出，"
        yield "包括有关事业发展专项、专项业务费、基本建设支出等，其中："
        yield _project_purposes
    yield "。"


def _project_purposes(voice: Voice) -> Iterable[Run]:
    spent = voice.book.ledger.by("category", FROM_GENERAL_PUBLIC & PROJECT)
    for place, (category, yuan) in enumerate(spent.items()):
        yield "；" if place else ""
        yield voice.book.catalogue.function_name(category)
        key = f"general_public_project.{category}"
        asked = (FROM_GENERAL_PUBLIC & PROJECT, where(category=category))
        yield from amount(voice, key, yuan, *asked)
        purpose = voice.asked(f"project_purpose.{category}")
        if purpose:
            yield from ("，主要用于", purpose)


@paragraph(
    "government-fund-spending",
    asks={
        "government_fund_change": "政府性基金支出增减原因",
        "government_fund_purpose": "政府性基金支出用途",
    },
)
def government_fund_spending(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what government-managed funds pay for, or that there are none."""
    yield f"{book.year}年"
    if not GOVERNMENT_FUND_SPENDING.amount(book):
        yield from (own, "无政府性基金安排的支出。")
        return
    yield from (own, "政府性基金预算支出", say("government_fund_spending"), "，其中：")
    yield by_category("government_fund_spending", FROM_GOVERNMENT_FUND)
    yield "；按支出性质分，"
    natures = ((GOVERNMENT_FUND_BASIC, "基本支出"), (GOVERNMENT_FUND_PROJECT, "项目支出"))
    yield itemise(
        Item(nature.code, label, nature.amount(book), asks(nature.code))
        for nature, label in natures
    )
    yield from ("。支出", change("government_fund_spending"), "。")
    yield because("government_fund_change", of="government_fund_spending")
    yield because("government_fund_purpose", lead="主要用于")
