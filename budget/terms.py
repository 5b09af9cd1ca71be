"""The field's closed vocabularies: one term, one stored word, one Chinese label.

Names and words follow docs/glossary.md. A term is a string, so it can be stored, compared and
written to JSON as it is; what people read is its ``label``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored word together with the Chinese label that people see."""

    label: str

    def __new__(cls, word: str, label: str) -> Self:
        """Make the string member and hang its label on it."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.label = label
        return member

    # Enum hashes by name through a Python call; a term is a string and hashes as one, which the
    # adding-up of ledgers feels.
    __hash__ = str.__hash__

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (stored word, label) pairs in the order of declaration."""
        return [(term.value, term.label) for term in cls]


class Scope(Term):
    """Whom a document speaks for: a whole department or one of its units."""

    DEPARTMENT = "department", "部门"
    UNIT = "unit", "单位"


class Fund(Term):
    """Which of the appropriated budgets pays."""

    GENERAL_PUBLIC = "general_public", "一般公共预算"
    GOVERNMENT_FUND = "government_fund", "政府性基金预算"
    STATE_CAPITAL = "state_capital", "国有资本经营预算"
    SOCIAL_INSURANCE = "social_insurance_fund", "社会保险基金预算"


class Source(Term):
    """Where money comes from: the nine standard sources (domain: 资金来源)."""

    GENERAL_PUBLIC = "general_public", "一般公共预算拨款"
    GOVERNMENT_FUND = "government_fund", "政府性基金预算拨款"
    STATE_CAPITAL = "state_capital", "国有资本经营预算拨款"
    SPECIAL_ACCOUNT = "special_account", "财政专户管理资金"
    PUBLIC_SERVICE = "public_service_revenue", "事业收入"
    BUSINESS = "business_revenue", "事业单位经营收入"
    GRANTS_FROM_SUPERIOR = "grants_from_superior", "上级补助收入"
    REMITTANCES_FROM_AFFILIATES = "remittances_from_affiliates", "附属单位上缴收入"
    OTHER = "other_revenue", "其他收入"

    @property
    def is_appropriation(self) -> bool:
        """True for the three sources that the finance bureau appropriates (财政拨款)."""
        return self in APPROPRIATIONS

    @property
    def is_transfer_in(self) -> bool:
        """True where the money comes from another unit, above or below."""
        return self in (Source.GRANTS_FROM_SUPERIOR, Source.REMITTANCES_FROM_AFFILIATES)


APPROPRIATIONS = frozenset({Source.GENERAL_PUBLIC, Source.GOVERNMENT_FUND, Source.STATE_CAPITAL})


class Nature(Term):
    """What kind of use a line is (支出性质), the two closing uses included."""

    BASIC = "basic", "基本支出"
    PROJECT = "project", "项目支出"
    BUSINESS = "business", "事业单位经营支出"
    GRANTS_TO_AFFILIATES = "grants_to_affiliates", "对附属单位补助支出"
    REMITTANCE_TO_SUPERIOR = "remittance_to_superior", "上缴上级支出"
    SURPLUS_DISTRIBUTION = "surplus_distribution", "结余分配"
    CARRYOVER_OUT = "carryover_out", "结转下年"

    @property
    def is_spending(self) -> bool:
        """True for the five natures of 本年支出; 结余分配 and 结转下年 close the account."""
        return self not in (Nature.SURPLUS_DISTRIBUTION, Nature.CARRYOVER_OUT)

    @property
    def is_transfer_out(self) -> bool:
        """True where the money goes to another unit, above or below."""
        return self in (Nature.GRANTS_TO_AFFILIATES, Nature.REMITTANCE_TO_SUPERIOR)


APPROPRIATION_USES = frozenset({Nature.BASIC, Nature.PROJECT, Nature.CARRYOVER_OUT})
"""What appropriated money may be used for: 经营、对附属单位补助、上缴上级 and 结余分配 are by their
definitions (政府会计制度) financed from other money."""


class Upkeep(Term):
    """The two kinds of basic spending (基本支出): people and running costs."""

    PERSONNEL = "personnel", "人员经费"
    OPERATING = "operating", "公用经费"


class Allotment(Term):
    """What kind of appropriation a line is, where known."""

    REGULAR = "regular_appropriation", "经费拨款"
    NONTAX = "nontax_revenue", "纳入预算管理的非税收入拨款"
    TRANSFER = "transfer_from_above", "上级转移支付"


class CeilingKind(Term):
    """What a 控制数 limits, within one source of money."""

    PERSONNEL = "personnel", "人员经费"
    OPERATING = "operating", "公用经费"
    PROJECT = "project", "项目支出"
    OVERSEAS_VISITS = "overseas_visits", "因公出国（境）费"
    HOSPITALITY = "hospitality", "公务接待费"
    VEHICLE_PURCHASE = "vehicle_purchase", "公务用车购置费"
    VEHICLE_RUNNING = "vehicle_running", "公务用车运行维护费"


class UnitType(Term):
    """The legal type of a budget unit; 机关运行经费 exists only in the first two."""

    ADMINISTRATIVE = "administrative", "行政单位"
    CIVIL_SERVICE_MANAGED = "civil_service_managed", "参照公务员法管理的事业单位"
    PUBLIC_SERVICE_ONE = "public_service_one", "公益一类事业单位"
    PUBLIC_SERVICE_TWO = "public_service_two", "公益二类事业单位"
    BUSINESS = "business", "经营类事业单位"

    @property
    def has_agency_operating_costs(self) -> bool:
        """True for 行政 and 参公 units, the only ones whose 公用经费 is 机关运行经费."""
        return self in AGENCY_TYPES


AGENCY_TYPES = frozenset({UnitType.ADMINISTRATIVE, UnitType.CIVIL_SERVICE_MANAGED})


class ProjectCategory(Term):
    """The project classes of 预算管理一体化 that carry 项目支出."""

    OTHER_OPERATION = "other_operation", "其他运转类"
    SPECIAL_FUNDS = "special_funds", "专项资金项目"
    OTHER_PURPOSE = "other_purpose", "其他特定目标类"


class ProjectNature(Term):
    """How long a project lasts."""

    ONE_TIME = "one_time", "一次性项目"
    STAGED = "staged", "阶段性项目"
    REGULAR = "regular", "经常性项目"


class EventKind(Term):
    """What the register of general expenses (一般性支出) lists."""

    MEETING = "meeting", "会议"
    TRAINING = "training", "培训"
    CELEBRATION = "celebration", "节庆、晚会、论坛、赛事活动"


class ProcurementKind(Term):
    """The three classes of government procurement."""

    GOODS = "goods", "货物类"
    WORKS = "works", "工程类"
    SERVICES = "services", "服务类"


class Holding(Term):
    """Whether an asset is held at the end of last year or planned for this one."""

    STOCK = "stock", "截至上年末占用"
    ADDITION = "addition", "本年拟新增配置"


class VehicleUse(Term):
    """The uses by which official vehicles are counted, most senior first."""

    MINISTERIAL = "ministerial", "部级领导干部用车"
    PRINCIPAL = "principal", "主要领导干部用车"
    CONFIDENTIAL_COMMUNICATION = "confidential_communication", "机要通信用车"
    EMERGENCY = "emergency", "应急保障用车"
    LAW_ENFORCEMENT = "law_enforcement", "执法执勤用车"
    SPECIAL_TECHNICAL = "special_technical", "特种专业技术用车"
    RETIRED = "retired", "离退休干部用车"
    OTHER = "other", "其他用车"


class EquipmentKind(Term):
    """The classes of valuable equipment that disclosures count."""

    GENERAL_OVER_500K = "general_equipment_over_500k", "单位价值50万元以上通用设备"
    SPECIAL_OVER_1M = "special_equipment_over_1m", "单位价值100万元以上专用设备"
    OVER_1M = "equipment_over_1m", "单价100万元（含）以上设备（不含车辆）"


class CodeScheme(Term):
    """Which classification a code belongs to."""

    FUNCTION = "function", "支出功能分类"
    DEPARTMENT_ECONOMIC = "department_economic", "部门预算支出经济分类"
    GOVERNMENT_ECONOMIC = "government_economic", "政府预算支出经济分类"


class Level(Term):
    """The depth of a classification code."""

    CATEGORY = "category", "类"
    SECTION = "section", "款"
    ITEM = "item", "项"


class Round(Term):
    """The rounds of 两上两下 that a budget goes through."""

    FIRST_SUBMISSION = "first_submission", "一上"
    CEILING = "ceiling", "一下"
    SECOND_SUBMISSION = "second_submission", "二上"
    APPROVAL = "approval", "二下"


class State(Term):
    """Where one version of a department's budget stands."""

    OPEN = "open", "已下达控制数"
    DRAFT = "draft", "编制中"
    SUBMITTED = "submitted", "待负责人审签"
    SIGNED = "signed", "业务科初审中"
    REVIEWED = "reviewed", "预算科审核中"
    FROZEN = "frozen", "审定待批复"
    APPROVED = "approved", "已批复"
    READY = "ready", "待签发公开"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤回"
    VOID = "void", "已作废"


class Opinion(Term):
    """What the performance division says of the goals of a submitted budget."""

    PENDING = "pending", "待审核"
    OK = "ok", "通过"
    RETURNED = "returned", "退回修改"


class BatchKind(Term):
    """How a batch of edits was made."""

    TYPED = "typed", "录入"
    PASTED = "pasted", "粘贴"
    WORKBOOK = "workbook", "导入填报表"
    LAST_YEAR = "last_year", "沿用上年"
    UNDO = "undo", "撤销"


class AttachmentKind(Term):
    """What a file kept with a budget is for."""

    BASIS = "basis", "立项依据"
    APPROVAL = "approval", "批复文件"
    SIGNATURE = "signature", "签字件"


class Confidence(Term):
    """How well an entry of a code list is supported; ``LOW`` ones are loaded inactive."""

    VERIFIED = "verified", "已核实"
    HIGH = "high", "较可靠"
    MEDIUM = "medium", "一般"
    LOW = "low", "待核实"


class UnitScope(Term):
    """For which units a departmental code becomes which government code."""

    AGENCY = "agency", "机关"
    PUBLIC_SERVICE = "public_service", "事业单位"
    ANY = "any", "通用"


class Origin(Term):
    """How a release came about: typed from a published document, made by this system, invented."""

    TRANSCRIBED = "transcribed", "转录"
    COMPILED = "compiled", "编制"
    INVENTED = "invented", "虚构"


class Ground(Term):
    """Why a published document is withdrawn or corrected."""

    MISTAKE = "mistake", "内容有误"
    SECRET = "secret", "涉及国家秘密"
    PERSONAL = "personal", "涉及个人信息"
    OTHER = "other", "其他原因"

    @property
    def seals(self) -> bool:
        """True where nobody outside may read again what was published."""
        return self in (Ground.SECRET, Ground.PERSONAL)

    @property
    def public_label(self) -> str:
        """What the public is told: of what is kept from it not even which kind it is."""
        return "含有依法不予公开的内容" if self.seals else self.label


class CorrectionKind(Term):
    """What a correction may change; amounts need a new 批复."""

    TEXTS = "texts", "更正文字"
    AMOUNTS = "amounts", "更正金额"


class JobState(Term):
    """How far the making of a release's files has come."""

    WAITING = "waiting", "等待制作"
    RUNNING = "running", "正在制作"
    DONE = "done", "已完成"
    FAILED = "failed", "制作失败"


class Severity(Term):
    """What the breach of a rule means: error blocks, warning wants a reason, notice informs."""

    ERROR = "error", "错误"
    WARNING = "warning", "需说明"
    NOTICE = "notice", "提示"
    OFF = "off", "停用"


class Needs(Term):
    """What a rule looks at: the printed document alone, or the book behind it."""

    DOCUMENT = "document", "文本与表"
    BOOK = "book", "明细"
