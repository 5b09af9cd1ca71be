"""How far each department of the city has come: a story is the acts that led there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from budget.actions import Action
from budget.management.city.road import Road
from budget.registry import Registry
from budget.roles import Role
from budget.terms import CeilingKind, Ground, Round

Telling = Callable[[Road], None]


@dataclass(frozen=True, slots=True)
class Story:
    """The round in which it begins, from a draft that is entered, and what happens then."""

    begins: Round
    tell: Telling


STORIES: Registry[Story] = Registry("演示部门的经过")


def story(name: str, begins: Round = Round.SECOND_SUBMISSION) -> Callable[[Telling], Telling]:
    """Declare what happens to a department, by the name that its sketch uses."""

    def declare(tell: Telling) -> Telling:
        STORIES.add(name, Story(begins, tell))
        return tell

    return declare


# ---- the first round


@story("first_draft", Round.FIRST_SUBMISSION)
def first_draft(road: Road) -> None:
    """一上 is being entered; nobody has called it complete."""


@story("first_over", Round.FIRST_SUBMISSION)
def first_over(road: Road) -> None:
    """一上 asks for more than a ceiling, and nobody has said why: it cannot be submitted."""
    road.limit(short=CeilingKind.OPERATING)
    road.complete()


@story("first_reviewed", Round.FIRST_SUBMISSION)
def first_reviewed(road: Road) -> None:
    """一上 is reviewed, its excess explained; the bureau has the ceilings to hand down."""
    road.limit(short=CeilingKind.PROJECT)
    road.explain(CeilingKind.PROJECT, "新增重点政府投资项目，审计工作量增加")
    road.complete()
    road.send_off()
    road.take(Action.PASS_FIRST_REVIEW, Role.DIVISION_REVIEWER)


@story("opened", Round.FIRST_SUBMISSION)
def opened(road: Road) -> None:
    """二上 is opened by the ceilings that answered 一上; nobody has touched it."""
    road.complete()
    road.send_off()
    road.take(Action.PASS_FIRST_REVIEW, Role.DIVISION_REVIEWER)
    road.limit()
    road.to_second_round()


# ---- with the department


@story("second_over", Round.FIRST_SUBMISSION)
def second_over(road: Road) -> None:
    """二上 is being entered, and one amount is more than its ceiling allows."""
    opened(road)
    road.type_amount("30201", Decimal("168000.00"))


@story("returned")
def returned(road: Road) -> None:
    """The head has returned it with three points, of which one is answered."""
    road.complete()
    road.submit()
    road.take(
        Action.SEND_BACK,
        Role.HEAD,
        reason="请核对公用经费和项目依据后再报。",
        points=(
            "会议费比上年增加，请说明会期和人数",
            "法律援助项目缺立项依据，请补充文件",
            "信息系统运行维护的报价请附比价结果",
        ),
    )
    road.answer(1, "全年一次会议，会期一天，参会150人，按二类会议标准测算")


@story("submitted")
def submitted(road: Road) -> None:
    """It waits for the head's signature."""
    road.complete()
    road.submit()


# ---- with the bureau


@story("signed")
def signed(road: Road) -> None:
    """It waits for the first review and for the performance division."""
    submitted(road)
    road.take(Action.SIGN, Role.HEAD)


@story("granted")
def granted(road: Road) -> None:
    """The division has cut an amount and passed it; the budget division has it before it."""
    signed(road)
    road.grant("30201", 90, "按近三年执行数核定")
    road.take(Action.PASS_FIRST_REVIEW, Role.DIVISION_REVIEWER)


@story("frozen")
def frozen(road: Road) -> None:
    """It is settled, and waits for the 批复."""
    signed(road)
    road.settle()


# ---- approved and public


@story("approved")
def approved(road: Road) -> None:
    """It is approved, and waits for the publisher."""
    frozen(road)
    road.approve()


@story("ready")
def ready(road: Road) -> None:
    """Its documents wait for the head to publish them."""
    approved(road)
    road.prepare()


@story("published")
def published(road: Road) -> None:
    """It is public."""
    ready(road)
    road.publish()


@story("corrected")
def corrected(road: Road) -> None:
    """A second version with another text has taken the place of the first."""
    published(road)
    road.correct(
        "purpose.2080505",
        "缴纳机关事业单位养老保险费",
        what="支出主要内容中的险种名称。",
        why="文字录入有误",
    )


@story("withdrawn")
def withdrawn(road: Road) -> None:
    """The budget division has asked to withdraw it, and the head has confirmed."""
    published(road)
    road.take(
        Action.WITHDRAW,
        Role.BUDGET_REVIEWER,
        ground=Ground.MISTAKE,
        reason="安全生产检查项目的金额列错科目，更正后重新公开",
    )
    road.take(Action.CONFIRM_WITHDRAWAL, Role.HEAD)
