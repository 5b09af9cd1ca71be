"""长沙市 2023: the ten tables, sections and words of the document of the Beijing liaison office.

Titles differ between contents and tables, letters are spaced and 其它 is written for 其他, as
published; docs/decisions/ says why such oddities are kept.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from budget.edition import (
    ApprovalUse,
    ChartUse,
    Edition,
    EmptyForm,
    ParagraphUse,
    PartUse,
    SectionUse,
    TableUse,
    TermExplained,
    VehicleLine,
    Wording,
    edition,
)
from budget.money import WAN
from budget.terms import Scope, Severity, VehicleUse

CATEGORIES: Final = (
    *("201", "202", "204", "205", "206", "207", "208", "209", "210", "211", "212", "213"),
    *("214", "215", "216", "217", "219", "220", "221", "222", "224", "229"),
)

TABLES: Final = (
    TableUse(
        table="summary",
        contents_title="{body}收支总表",
        title="{year}年{body}收支总体情况表",
        note="注：本表反映{body}本年度的收支总体情况。",
        unit=WAN,
        labels={
            "resources": "收 入",
            "uses": "支 出",
            "revenue_item": "项 目",
            "spending_item": "项 目",
            "current_revenue": "本 年 收 入 合 计",
            "current_spending": "本 年 支 出 合 计",
            "revenue_total": "收 入 总 计",
            "spending_total": "支 出 总 计",
        },
    ),
    TableUse(
        table="revenue",
        contents_title="{body}收入总表",
        title="{year}年{body}收入总体情况表",
        note="注：本表反映{body}本年度取得的各项收入情况。",
        unit=WAN,
        marks=True,
        landscape=True,
    ),
    TableUse(
        table="spending",
        contents_title="{body}支出总表",
        title="{year}年{body}支出总体情况表",
        note="注：本表反映{body}本年度各项支出情况。",
        unit=WAN,
        marks=True,
        labels={"total": "总 计"},
        landscape=True,
    ),
    TableUse(
        table="appropriation-summary",
        contents_title="财政拨款收支总表",
        title="{year}年财政拨款收支总体情况表",
        note="注：本表反映{body}财政拨款的总收支情况。",
        unit=WAN,
        categories=CATEGORIES,
        labels={
            "resources": "收 入",
            "uses": "支 出",
            "revenue": "金 额",
            "appropriation_resources": "收 入 总 计",
            "appropriation_uses": "支 出 总 计",
        },
        landscape=True,
    ),
    TableUse(
        table="general-public-spending",
        contents_title="一般公共预算支出表",
        title="{year}年一般公共预算支出情况表",
        note="注：本表反映{body}本年度一般公共预算支出情况。",
        unit=WAN,
        marks=True,
        labels={"total": "总 计"},
    ),
    TableUse(
        table="general-public-basic",
        contents_title="一般公共预算基本支出表",
        title="{year}年一般公共预算基本支出情况表",
        note="注：本表反映{body}本年度一般公共预算基本支出情况。",
        unit=WAN,
        marks=True,
    ),
    TableUse(
        table="three-publics",
        contents_title="一般公共预算“三公”经费支出表",
        title="{year}年一般公共预算“三公”经费支出情况表",
        note="注：本表反映{body}本年度{year}年公共财政拨款“三公”经费情况，"
        "此表如无数字则表示单位无该项支出。",
        unit=WAN,
        labels={
            "name": "{body}名称",
            "three_publics": "三公经费预（决）算数（财政拨款）",
        },
    ),
    TableUse(
        table="government-fund-spending",
        contents_title="政府性基金预算支出表",
        title="{year}年政府性基金预算支出情况表",
        note="注：本表反映{body}本年度政府性基金预算收入支出情况，"
        "此表如无数字则表示单位无该项支出。",
        unit=WAN,
        marks=True,
        empty=EmptyForm.ZEROS,
        labels={"total": "总 计"},
    ),
    TableUse(
        table="project-goals",
        contents_title="项目支出绩效目标表",
        title="{year}年项目支出绩效目标表",
        unit=WAN,
        landscape=True,
    ),
    TableUse(
        table="overall-goals",
        contents_title="{body}整体支出绩效目标表",
        title="{year}年{body}整体支出绩效目标表",
        unit=WAN,
        labels={"indicators": "{body}整体支出年度绩效目标"},
        landscape=True,
    ),
)

SECTIONS: Final = (
    SectionUse(key="profile", title="一、{body}基本概况"),
    SectionUse(key="mandate", level=3, title="（1）职能职责", blocks=(ParagraphUse("mandate"),)),
    SectionUse(
        key="organisation",
        level=3,
        title="（2）机构设置",
        blocks=(ParagraphUse("organisation"),),
    ),
    SectionUse(
        key="units",
        title="二、部门预算单位构成",
        blocks=(ParagraphUse("units"),),
        scopes=frozenset({Scope.DEPARTMENT}),
    ),
    SectionUse(
        key="units",
        title="二、预算单位构成",
        blocks=(ParagraphUse("units"),),
        scopes=frozenset({Scope.UNIT}),
    ),
    SectionUse(
        key="totals",
        title="三、{body}收支总体情况",
        blocks=(
            ParagraphUse("revenue-budget", lead="（一）收入预算："),
            ChartUse("revenue", title="收入预算图"),
            ParagraphUse("spending-budget", lead="（二）支出预算："),
            ChartUse("spending", title="支出预算图"),
        ),
    ),
    SectionUse(
        key="general-public",
        title="四、一般公共预算拨款支出",
        blocks=(
            ParagraphUse("general-public-spending"),
            ParagraphUse("general-public-basic", lead="（一）基本支出："),
            ParagraphUse("general-public-project", lead="（二）项目支出："),
        ),
    ),
    SectionUse(
        key="government-fund",
        title="五、政府性基金预算支出",
        blocks=(ParagraphUse("government-fund-spending"),),
    ),
    SectionUse(
        key="particulars",
        title="六、其他重要事项的情况说明",
        blocks=(
            ParagraphUse("agency-operating-costs", lead="（一）机关运行经费："),
            ParagraphUse("three-publics", lead="（二）“三公”经费预算："),
            ParagraphUse("general-expenses", lead="（三）一般性支出情况："),
            ParagraphUse("procurement", lead="（四）政府采购情况："),
            ParagraphUse("assets", lead="（五）国有资产占用使用及新增资产配置情况："),
            ParagraphUse("performance", lead="（六）预算绩效目标说明："),
        ),
    ),
    SectionUse(key="terms", title="七、名词解释", blocks=(ParagraphUse("terms-explained"),)),
)

TERMS: Final = (
    TermExplained(
        "机关运行经费",
        "是指各部门的公用经费，包括办公及印刷费、邮电费、差旅费、会议费、福利费、日常维修费、"
        "专用资料及一般设备购置费、办公用房水电费、办公用房取暖费、办公用房物业管理费、"
        "公务用车运行维护费以及其他费用。",
    ),
    TermExplained(
        "“三公”经费",
        "纳入省（市/县）财政预算管理的“三公”经费，是指用一般公共预算拨款安排的公务接待费、"
        "公务用车购置及运行维护费和因公出国（境）费。其中，公务接待费反映单位按规定开支的"
        "各类公务接待支出；公务用车购置及运行费反映单位公务用车车辆购置支出（含车辆购置税），"
        "以及燃料费、维修费、保险费等支出；因公出国（境）费反映单位公务出国（境）的国际旅费、"
        "国外城市间交通费、住宿费、伙食费、培训费、公杂费等等支出。",
    ),
)

VEHICLES: Final = (
    VehicleLine("机要通信用车", (VehicleUse.CONFIDENTIAL_COMMUNICATION,)),
    VehicleLine("应急保障用车", (VehicleUse.EMERGENCY,)),
    VehicleLine("执法执勤用车", (VehicleUse.LAW_ENFORCEMENT,)),
    VehicleLine("特种专业技术用车", (VehicleUse.SPECIAL_TECHNICAL,)),
    VehicleLine(
        "其他按照规定配备的公务用车",
        (VehicleUse.MINISTERIAL, VehicleUse.PRINCIPAL, VehicleUse.RETIRED, VehicleUse.OTHER),
    ),
)

OWN_WORDS: Final = ("WRD004", "WRD009", "WRD010", "WRD016")
"""Rules that the form's own words break, as published: no department can mend or explain those."""

CHANGSHA_2023: Final = edition(
    Edition(
        code="changsha-2023",
        title="长沙市2023年部门预算公开",
        wording={
            Scope.DEPARTMENT: Wording(body="部门", own="本单位", subject="部门名称"),
            Scope.UNIT: Wording(body="单位", own="本单位", subject="单位名称"),
        },
        document_title="{name}{year}年{body}预算公开",
        cover=dict.fromkeys(Scope, ("{name}", "{year}年{body}预算公开")),
        contents_heading="目 录",
        contents_note="注：以上{body}预算报表中，空表表示本{body}无相关收支情况",
        parts=(
            PartUse(
                key="narrative",
                contents_title="第一部分 {year}年{body}预算说明",
                title="第一部分 {body}预算公开说明",
                sections=SECTIONS,
            ),
            PartUse(
                key="tables",
                contents_title="第二部分 {year}年{body}预算表",
                title="第二部分 {year}年{body}预算表",
                tables=TABLES,
            ),
        ),
        text_unit=WAN,
        grain=Decimal(100),
        tail_note="注：本表以元编制、以万元列示，因四舍五入，部分合计数与分项之和存在尾差。",
        terms=TERMS,
        vehicles=VEHICLES,
        labels={"other_revenue_with_remittances": "其它收入"},
        switches={"social_insurance_by_function": False},
        severities=dict.fromkeys(OWN_WORDS, Severity.NOTICE),
        approval=ApprovalUse(issuer="长沙市财政局", congress="市人民代表大会"),
    )
)
