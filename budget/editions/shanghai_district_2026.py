"""上海市区级 2026: nine tables in yuan, text in 万元, a part for each project that is told about.

Text stands before and after the tables, code columns repeat the parents, 合计 comes last, 类
without money are not printed, and every empty table says that it is empty.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from budget.edition import (
    CodeStyle,
    Each,
    Edition,
    Numbering,
    ParagraphUse,
    PartUse,
    SectionUse,
    TableUse,
    TermExplained,
    TotalPlace,
    VehicleLine,
    Wording,
    edition,
)
from budget.money import WAN, YUAN
from budget.terms import Scope, VehicleUse

DEPARTMENT_ONLY: Final = frozenset({Scope.DEPARTMENT})
UNIT_ONLY: Final = frozenset({Scope.UNIT})
ROWS: Final = Numbering(first="{han}、", second="{n}. ")
FUNCTION_LABELS: Final = {
    "code": "功能分类科目编码",
    "function": "功能分类科目名称",
    "total": "合计",
}


def _empty(fund: str) -> str:
    return f"注：{{own}}{{year}}年无{fund}财政拨款安排的预算，故本表为空表。"


ACCOUNTS: Final = TableUse(
    table="accounts-by-function",
    contents_title="财务收支预算总表",
    title="{year}年{form}财务收支预算总表",
    unit=YUAN,
    whole=True,
    numbering=ROWS,
    labels={
        "appropriation": "财政拨款收入",
        "general_public_appropriation": "一般公共预算",
        "government_fund_appropriation": "政府性基金预算",
        "state_capital_appropriation": "国有资本经营预算",
        "business_revenue": "事业单位经营收入",
        "revenue_total": "收入总计",
    },
    scopes=DEPARTMENT_ONLY,
)
TABLES: Final = (
    ACCOUNTS,
    TableUse(
        table="accounts-by-function-of-unit",
        contents_title=ACCOUNTS.contents_title,
        title=ACCOUNTS.title,
        unit=YUAN,
        whole=True,
        numbering=ROWS,
        labels=ACCOUNTS.labels,
        landscape=True,
        scopes=UNIT_ONLY,
    ),
    TableUse(
        table="revenue-by-source",
        contents_title="收入预算总表",
        title="{year}年{form}收入预算总表",
        unit=YUAN,
        whole=True,
        codes=CodeStyle.REPEATED,
        total=TotalPlace.LAST,
        labels=FUNCTION_LABELS,
        landscape=True,
    ),
    TableUse(
        table="spending-by-nature",
        contents_title="支出预算总表",
        title="{year}年{form}支出预算总表",
        unit=YUAN,
        whole=True,
        codes=CodeStyle.REPEATED,
        total=TotalPlace.LAST,
        labels=FUNCTION_LABELS,
        landscape=True,
    ),
    TableUse(
        table="appropriation-accounts",
        contents_title="财政拨款收支预算总表",
        title="{year}年{form}财政拨款收支预算总表",
        unit=YUAN,
        whole=True,
        numbering=ROWS,
        labels={
            "general_public_appropriation": "一般公共预算资金",
            "government_fund_appropriation": "政府性基金",
            "state_capital_appropriation": "国有资本经营预算",
        },
        landscape=True,
    ),
    TableUse(
        table="general-public-spending",
        contents_title="一般公共预算支出功能分类预算表",
        title="{year}年{form}一般公共预算支出功能分类预算表",
        empty_note=_empty("一般公共预算"),
        unit=YUAN,
        whole=True,
        codes=CodeStyle.REPEATED,
        total=TotalPlace.LAST,
        labels=FUNCTION_LABELS,
    ),
    TableUse(
        table="government-fund-spending",
        contents_title="政府性基金预算支出功能分类预算表",
        title="{year}年{form}政府性基金预算支出功能分类预算表",
        empty_note=_empty("政府性基金预算"),
        unit=YUAN,
        whole=True,
        codes=CodeStyle.REPEATED,
        total=TotalPlace.LAST,
        labels=FUNCTION_LABELS,
    ),
    TableUse(
        table="state-capital-spending",
        contents_title="国有资本经营预算支出功能分类预算表",
        title="{year}年{form}国有资本经营预算支出功能分类预算表",
        empty_note=_empty("国有资本经营预算"),
        unit=YUAN,
        whole=True,
        codes=CodeStyle.REPEATED,
        total=TotalPlace.LAST,
        labels=FUNCTION_LABELS,
    ),
    TableUse(
        table="general-public-basic-by-section",
        contents_title="一般公共预算基本支出部门预算经济分类预算表",
        title="{year}年{form}一般公共预算基本支出部门预算经济分类预算表",
        empty_note="注：{own}{year}年无一般公共预算安排的基本支出，故本表为空表。",
        unit=YUAN,
        whole=True,
        codes=CodeStyle.REPEATED,
        total=TotalPlace.LAST,
    ),
    TableUse(
        table="three-publics-and-agency-costs",
        contents_title="“三公”经费和机关运行经费预算表",
        title="{year}年{form}“三公”经费和机关运行经费预算表",
        empty_note="注：{own}{year}年无“三公”经费和机关运行经费预算，故本表为空表。",
        unit=WAN,
        landscape=True,
    ),
)

PROJECT_SHEET: Final = TableUse(
    table="project-goal-sheet",
    contents_title="",
    title="{year}年项目绩效目标表：{project}",
    unit=YUAN,
)

PROJECT_SECTIONS: Final = (
    SectionUse(
        key="project",
        title="",
        blocks=(
            ParagraphUse("project-overview", lead="一、项目概述："),
            ParagraphUse("project-basis", lead="二、立项依据："),
            ParagraphUse("project-executor", lead="三、实施主体："),
            ParagraphUse("project-plan", lead="四、实施方案："),
            ParagraphUse("project-period", lead="五、实施周期："),
            ParagraphUse("project-arrangement", lead="六、年度预算安排："),
        ),
    ),
)

PARTICULARS: Final = (
    SectionUse(
        key="three-publics",
        title="一、“三公”经费预算情况",
        blocks=(ParagraphUse("three-publics-by-item"),),
    ),
    SectionUse(
        key="agency-costs",
        title="二、机关运行经费预算情况",
        blocks=(ParagraphUse("agency-costs-covered"),),
    ),
    SectionUse(
        key="procurement",
        title="三、政府采购预算情况",
        blocks=(ParagraphUse("procurement-reserved"),),
    ),
    SectionUse(key="goals", title="四、绩效目标设置情况", blocks=(ParagraphUse("goals-covered"),)),
    SectionUse(
        key="assets",
        title="五、国有资产占有使用情况",
        blocks=(ParagraphUse("assets-at-date"),),
    ),
)

TERMS: Final = (
    TermExplained(
        "财政拨款收入",
        "本级财政当年安排给单位的一般公共预算、政府性基金预算和国有资本经营预算资金。",
    ),
    TermExplained(
        "事业收入", "事业单位开展专业业务活动及其辅助活动取得的收入，含经财政专户核拨的部分。"
    ),
    TermExplained("事业单位经营收入", "事业单位在专业业务之外开展非独立核算经营活动取得的收入。"),
    TermExplained("其他收入", "上述各项之外取得的收入，含上级补助收入和附属单位上缴收入。"),
    TermExplained("基本支出", "为保障机构正常运转、完成日常工作而安排的人员经费和公用经费。"),
    TermExplained("项目支出", "在基本支出之外，为完成特定任务或事业发展目标而安排的支出。"),
    TermExplained(
        "“三公”经费",
        "用一般公共预算拨款安排的因公出国（境）费、公务接待费、公务用车购置及运行费。",
    ),
    TermExplained(
        "机关运行经费",
        "行政单位和参照公务员法管理的事业单位用一般公共预算拨款安排的基本支出中的公用经费。",
    ),
)

VEHICLES: Final = tuple(VehicleLine(use.label, (use,)) for use in VehicleUse)

SHANGHAI_DISTRICT_2026: Final = edition(
    Edition(
        code="shanghai-district-2026",
        title="上海市区级2026年部门预算公开",
        wording={
            Scope.DEPARTMENT: Wording(body="部门", own="本部门", subject="编制部门"),
            Scope.UNIT: Wording(body="单位", own="本单位", subject="编制单位", form="预算单位"),
        },
        document_title="{region}{year}年区级{body}预算（{name}）",
        cover={
            Scope.DEPARTMENT: ("{region}{year}年区级{body}预算", "预算主管部门：{name}"),
            Scope.UNIT: (
                "{region}{year}年区级{body}预算",
                "预算主管部门：{department}",
                "预算单位：{name}",
            ),
        },
        contents_heading="目录",
        contents_note="",
        parts=(
            PartUse(
                key="duties",
                contents_title="一、{body}主要职能",
                title="{body}主要职能",
                sections=(SectionUse(key="mandate", title="", blocks=(ParagraphUse("mandate"),)),),
            ),
            PartUse(
                key="organisation",
                contents_title="二、{body}机构设置",
                title="{body}机构设置",
                sections=(
                    SectionUse(
                        key="units",
                        title="",
                        blocks=(ParagraphUse("units"), ParagraphUse("organisation")),
                        scopes=DEPARTMENT_ONLY,
                    ),
                    SectionUse(
                        key="offices",
                        title="",
                        blocks=(ParagraphUse("organisation"),),
                        scopes=UNIT_ONLY,
                    ),
                ),
            ),
            PartUse(
                key="terms",
                contents_title="三、名词解释",
                title="名词解释",
                sections=(
                    SectionUse(key="terms", title="", blocks=(ParagraphUse("terms-explained"),)),
                ),
            ),
            PartUse(
                key="explanation",
                contents_title="四、{year}年{body}预算编制说明",
                title="{year}年{body}预算编制说明",
                sections=(
                    SectionUse(
                        key="totals",
                        title="",
                        blocks=(
                            ParagraphUse("revenue-by-source"),
                            ParagraphUse("spending-by-fund"),
                        ),
                    ),
                    SectionUse(
                        key="items",
                        title="财政拨款支出主要内容",
                        level=3,
                        blocks=(ParagraphUse("appropriation-items"),),
                    ),
                ),
            ),
            PartUse(
                key="tables",
                contents_title="五、{year}年{body}预算表",
                title="{year}年{body}预算表",
                tables=TABLES,
            ),
            PartUse(
                key="particulars",
                contents_title="六、其他相关情况说明",
                title="其他相关情况说明",
                sections=PARTICULARS,
            ),
            PartUse(
                key="projects",
                contents_title="项目经费情况说明（{project}）",
                title="项目经费情况说明：{project}",
                sections=PROJECT_SECTIONS,
                tables=(PROJECT_SHEET,),
                each=Each.PROJECT,
            ),
        ),
        text_unit=WAN,
        text_grouped=True,
        grain=Decimal("0.01"),
        tail_note="注：本表以元编制、以万元列示，因四舍五入，部分合计数与分项之和存在尾差。",
        terms=TERMS,
        vehicles=VEHICLES,
        labels={
            "all_public_service_revenue": "事业收入",
            "all_other_revenue": "其他收入",
            "special_funds": "特定目标类",
            "other_purpose": "特定目标类",
        },
    )
)
