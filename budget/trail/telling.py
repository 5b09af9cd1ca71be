"""What an entry of the trail says to people: its act and its particulars in Chinese words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from budget.actions import Action
from budget.roles import Role
from budget.terms import BatchKind, Round, Term

ACTS: Final[Mapping[str, str]] = {
    "account.create": "建立账户",
    "account.approve": "批准账户",
    "account.disable": "停用账户",
    "account.enable": "启用账户",
    "account.reset_password": "重置密码",
    "account.reset_second_factor": "取消两步验证",
    "account.unlock": "解除锁定",
    "account.end_sessions": "结束其全部登录",
    "grant.give": "授予角色",
    "grant.revoke": "收回角色",
    "duties.choose": "选定职责分离方案",
    "site.backup": "备份",
    "site.restore": "用备份恢复",
    "trail.verify": "核对审计记录",
    "trail.export": "导出审计记录",
    "budget.attach": "上传附件",
    "budget.detach": "删除附件",
    "budget.complete_unit": "确认单位填报完成",
    "budget.reopen_unit": "取消填报完成",
    "budget.accept_unit": "接收所属单位",
    "budget.answer_point": "答复退回的问题",
    "budget.answer_warning": "说明提示",
    "budget.copy_version": "由原版本复制新版本",
    "budget.explain_excess": "说明超控制数的原因",
    "budget.record_approval": "登记批复（只做公开）",
    "budget.forget_approval": "撤销批复登记（只做公开）",
    "budget.record_place": "登记公开网址",
    "year.keep": "保存年度设置",
    "year.open": "开设年度",
    "year.declare_only": "登记为只做公开的部门",
    "year.take_back_only": "取消只做公开的部门",
    "rules.set": "设定审核规则",
    "codes.next_list": "采用新科目表",
    "table.take_in": "导入表格",
    "proposal.take": "收入待确认科目",
    "proposal.answer": "答复待确认科目",
    "department.keep": "保存部门",
    "department.close": "撤销部门",
    "department.take_up": "恢复部门",
    "budgetunit.keep": "保存单位",
    "budgetunit.close": "撤销单位",
    "budgetunit.take_up": "恢复单位",
}
"""Acts that are not steps of a budget, which have their words already."""

SECURITY: Final = ("account.", "grant.", "duties.", "site.", "trail.")
"""How the acts begin of which the security administrator reads."""

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "budget": ("budget.",),
    "security": ("account.", "grant.", "duties."),
    "bureau": ("year.", "rules.", "codes.", "table.", "proposal.", "department.", "budgetunit."),
    "site": ("site.", "trail."),
}
"""What can be chosen to look at: how the acts of each kind begin."""

NAMES: Final[Mapping[str, str]] = {
    "action": "步骤",
    "amount": "金额",
    "answer": "答复",
    "approved_on": "批复日期",
    "batch": "录入批次",
    "bound": "范围",
    "cells": "改动格数",
    "conclusion": "结论",
    "date": "日期",
    "department": "部门",
    "digest": "摘要",
    "entries": "审计记录条数",
    "file": "文件",
    "file_name": "文件名",
    "filters": "筛选",
    "from": "起",
    "kind": "类型",
    "made_at": "备份时间",
    "name": "名称",
    "number": "编号",
    "on": "日期",
    "opinion": "意见",
    "point": "问题序号",
    "place": "位置",
    "points": "问题",
    "profile": "方案",
    "project": "项目",
    "reason": "理由",
    "result": "结果",
    "reviewer": "审查人",
    "rule": "规则",
    "revision": "改动序号",
    "role": "角色",
    "round": "轮次",
    "row": "行",
    "rows": "行数",
    "signs_as": "签字身份",
    "signed_as": "签字身份",
    "signed_by": "签字人账户",
    "signed_until": "签字授权至",
    "size": "字节数",
    "snapshot": "快照摘要",
    "step": "步骤",
    "to": "止",
    "unit": "单位",
    "version": "版本",
    "year": "年度",
}

SUBJECTS: Final[Mapping[str, str]] = {"site": "本站", "trail": "审计记录", "duties": "全系统"}
"""Subjects that are no budget, account or code."""

WORDS: Final[tuple[type[Term], ...]] = (Action, Role, Round, BatchKind)


def act_in_words(act: str) -> str:
    """Return an act in Chinese; one that nobody has named yet as it is.

    >>> act_in_words("budget.submit"), act_in_words("budget.enter_pasted")
    ('上报', '填报：粘贴')
    """
    if act in ACTS:
        return ACTS[act]
    what, _, did = act.partition(".")
    if what == "budget":
        steps = {action.value: action.label for action in Action}
        batches = {f"enter_{kind.value}": f"填报：{kind.label}" for kind in BatchKind}
        return {**steps, **batches}.get(did, act)
    return act


def particulars(detail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the particulars of an entry: what each is called, and its value as text."""
    for name, value in detail.items():
        if value not in ("", None, [], {}):
            yield NAMES.get(name, name), _text(value)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{NAMES.get(name, name)}{_text(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "；".join(map(_text, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return _label(str(value))


def _label(text: str) -> str:
    for words in WORDS:
        for each in words:
            if each.value == text:
                return each.label
    return text
