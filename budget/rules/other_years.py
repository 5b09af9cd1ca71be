"""Which years a text may name beside its budget's own and the one before, and which are left over.

A year is out of place where it stands as that of a budget: words that were carried over from the
document of another year. In place is what happened, was written, or is counted in its year:
documents and their numbers, names in quotation marks, spans, since when and until when, days of
stock, what became of people, buildings, contracts and organisations, stages of a project year by
year, and what is foreseen for later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

HAN_DIGITS: Final = str.maketrans("〇零○一二三四五六七八九", "000123456789")
NUMBER: Final = r"(?:(?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
YEAR: Final = re.compile(
    rf"(?<![\d第])(?P<year>{NUMBER})(?:\s*年(?!代|轻|头)度?|(?=(?:部门|单位)?预算))"
)
BEGUN: Final = re.compile("[12一二][09〇零○九]")
"""What every year begins with; most passages name none."""
BARE: Final = re.compile(rf"(?<![\d第])({NUMBER})(?=\s*[年、和及与])")
REST: Final = (
    r"(?:\s*年度?\s*(?:\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号])?)?|[./-]\d{1,2}(?:[./-]\d{1,2})?)?"
)
DAY: Final = rf"(?<!\d){NUMBER}{REST}"
DUE: Final = (
    r"(?:完成|办结|到位|支付|付清|拨付|上报|报送|验收|交付|建成|召开|开展|投入使用|得\d)(?!的)"
)
BY_THEN: Final = rf"[^，。；的已]{{0,8}}{DUE}"

NAMED: Final = re.compile(
    r"《[^》]*》|[〔［【\[(（]\s*(?:19|20)\d{2}\s*年?\s*[〕］】\])）](?=\s*第?\s*\d)"
    r"|截[至止到][^，。；]*"
    rf"|{DAY}(?:底|末|初|春|秋)?(?:以来|以后|之后|起|开始|至今|及?[以之]?前(?![\d一二三四五六七八九十几两半]|{BY_THEN}))"
)
"""Titles and numbers of documents, days of stock, since when, until when."""
QUOTED: Final = re.compile(r"“[^”]*”|「[^」]*」")
SPAN: Final = re.compile(
    rf"(?P<first>{DAY})(?:底|末|初)?\s*(?:[-—－–~～至到/]|起至)+\s*(?P<last>{DAY})"
)
CLAUSE: Final = re.compile(r"[，；：？！,;]")

OWN: Final = (
    r"(?:本|我|全|各)?(?:年|级|市|省|区|县|局|委|办|院|校|中心|部门|单位|处|所|站|会)?(?:的)?"
)
BUDGET: Final = re.compile(
    rf"{OWN}(?:部门|单位)?(?:市级|区级|县级|省级|财政|一般公共|政府性基金|国有资本经营|整体|年初|上级)*"
    r"(?:预算|决算|预决算|收入|支出|拨款|经费|补助|“?三公|机关运行|基本支出|项目|人员经费|公用经费|"
    r"政府采购|政府购买|会议|培训|公务接待|公务用车|因公出国|工作计划|工作要点|工作任务|重点|绩效|"
    r"新增|新进|增加|减少|压减|压缩|节约|厉行|安排|拟|将|计划|召开|开展|举办|推进|加强|"
    r"预计(?![^，；]{0,8}(?:[完竣]工|建成|到期|投入|交付))|"
    r"没有|未|无|不再|购置(?![^，；]{0,8}的)|采购(?![^，；]{0,8}的))"
)
"""What stands right behind the year of a budget."""
GREAT_EVENT: Final = r"运动会|奥运|亚运|世博|博览会|换届|周年|选举|峰会"
ONLY_LIKE_ONE: Final = re.compile(
    rf"{OWN}(?:[^，；]{{0,10}}(?:尾款|质保金|合同|欠款|决算审计|绩效评价|{GREAT_EVENT}))"
)
"""What begins like a budget's words and is none: 项目尾款, 决算审计, 绩效评价结果, 举办运动会."""
PLANNED: Final = re.compile(r"(?:拟|计划|准备|打算|预计|将|力争|确保|争取)[于在到至]?$")
COMING: Final = re.compile(r"(?:将|拟|计划|预计|力争|争取|有望)")
DEADLINE: Final = re.compile(
    rf"(?:\s*\d{{1,2}}\s*月\s*(?:\d{{1,2}}\s*日)?)?[底末]?[之以]?前{BY_THEN}"
)
WHOLE_YEAR: Final = re.compile(
    rf"\s*0?1\s*月?(?:0?1\s*日)?\s*[-—－–~～至到]+\s*(?:{NUMBER}\s*年)?\s*12\s*月"
)
MONTH: Final = re.compile(
    r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:\s*\d{1,2}\s*[日号])?份?"
)
ONLY_A_DAY: Final = re.compile(rf"\s*{DAY}[底末]?[之以]?前?\s*")
GIVEN: Final = re.compile(
    r"(?:按照?|依据为?|根据|依照|参照|执行|遵照|沿用|以|到|至|于|清[算欠理]|补[缴发]|缴纳|兑现|结清|[偿归]还)$"
)
COMPARED: Final = re.compile(r"(?:较|比|同比|相比|与|同|和|对比|由)$")
MONEY: Final = re.compile(r"元|预算|决算|收入|支出|经费|拨款|资金|费用|持平|[^收免]费")

DONE: Final = re.compile(
    r"文件|文号|通知|[印下]发|[发公颁]布|出台|修[订正]|制定|施行|批[复准示]|核[定准]|备案|规定|办法|条例|"
    r"纪要|决[定议]|公告|意见|协议|合同|签[订约署]|招标|中标|立项|审批|评审|入库|申报|第\d+[号次]|"
    r"改革|房改|成立|组建|设立|挂牌|划[转入出归]|转隶|更名|合并|撤[并销]|脱钩|移交|"
    r"招[录聘考]|考[录取]|录[用取]|选调|引进|转业|转制|军转|退役|安置|入[职编伍]|参加|[调借]入|调出|"
    r"提[任拔]|晋[级升档]|[退离]休|离职|辞职|[去逝]世|死亡|抚恤|任职|聘用|毕业|[届级款版]|"
    r"建成|竣工|落成|[开动完]工|投入使用|投[用运]|通车|交付|启用|购[入买]|(?:购置|采购|建设|安装|实施)[^，；]{0,8}的|"
    r"报废|到期|注册|登记|始建|创[建办]|启动|开通|上线|"
    r"普查|统计|测算|清查|审计|巡[视察]|督查|检查发现|考核|绩效评价|评[为定]|获[评得奖]|荣获|命名|认定|"
    r"疫情|地震|洪[水灾涝]|暴雨|台风|[旱火灾]灾|灾[害后]|拖?欠[款缴发]?|缓缴|尾款|质保金|贷款|借款|债券|国债|垫付|"
    r"基[数期]|标准|定额|价格|水平|口径|目录|数据|历史|在[编职册]|实有|已|曾|出厂|"
    rf"{GREAT_EVENT}|^(?![本我全各])[^，；]{{2,10}}的"
)
"""What happened in a year, was laid down in it or is counted as of it."""
AHEAD: Final = re.compile(
    r"完[工成]|竣工|建成|到期|届满|期满|投入使用|投用|交付|结束|前|底|末|实现|达到|验收|[支拨]付|付清|偿还|春节|元旦|两会|开学|春运|汛期|供暖|还[本清]"
)
"""What is foreseen for a later year."""
NEAR: Final = 14
"""How many characters from its year a word still speaks of it."""
SERIES: Final = 3
"""So many years in a row in one sentence are stages or a series."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A year with the words of its clause around it; ``together`` are the years of its sentence."""

    year: int
    before: str
    after: str
    together: frozenset[int]


def years_out_of_place(text: str, own: int) -> Iterator[int]:
    """Yield, each once, the years that a text names as if they were those of its budget.

    >>> list(years_out_of_place("2021年部门预算依据2019年文件编制", 2023))
    [2021]
    """
    if not BEGUN.search(text):
        return
    if ONLY_A_DAY.fullmatch(text):
        found = YEAR.search(text)
        wrong = {_number(found["year"])} if found else set()
        yield from (each for each in wrong if each < own - 1)
        return
    told = (each for each in _mentions(_without_names(text)) if each.year not in (own, own - 1))
    yield from dict.fromkeys(each.year for each in told if not _is_in_place(each, own))


def _without_names(text: str) -> str:
    """Return a text with names and reaches of time blanked; what stands around stays in place."""
    text = NAMED.sub(_blank, text)
    text = QUOTED.sub(lambda found: _blank(found) if not _is_budget(found) else found.group(), text)
    return SPAN.sub(lambda found: _blank(found) if _is_long(found) else found.group(), text)


def _blank(found: re.Match[str]) -> str:
    return "　" * len(found.group())


def _is_budget(quoted: re.Match[str]) -> bool:
    """True where a quotation is no name: “2021年部门预算”."""
    years = YEAR.finditer(quoted.group())
    return any(BUDGET.match(quoted.group(), year.end()) for year in years)


def _is_long(span: re.Match[str]) -> bool:
    """True for a span over several years; within one it is that year's."""
    first, last = (re.search(NUMBER, span[end]) for end in ("first", "last"))
    return first is not None and last is not None and first.group() != last.group()


def _mentions(text: str) -> Iterator[Mention]:
    for sentence in re.split(r"[。\n]", text):
        together = frozenset(_number(each) for each in BARE.findall(sentence))
        for found in YEAR.finditer(sentence):
            before = CLAUSE.split(sentence[: found.start()])[-1]
            after = CLAUSE.split(sentence[found.end() :])[0]
            yield Mention(_number(found["year"]), before, after, together)


def _number(year: str) -> int:
    return int(year.translate(HAN_DIGITS))


def _is_in_place(mention: Mention, own: int) -> bool:
    before, after = mention.before.rstrip(" 　"), mention.after
    if mention.year > own and _is_foreseen(before, after):
        return True
    if BUDGET.match(after) and not ONLY_LIKE_ONE.match(after):
        return False
    if mention.year < own and _is_to_come(before, after):
        return False
    if COMPARED.search(before):
        return not MONEY.search(before + after)
    return (
        _is_one_of_a_series(mention)
        or bool(MONTH.match(after))
        or bool(GIVEN.search(before))
        or bool(DONE.search(before[-NEAR:]) or DONE.search(after[:NEAR]))
        or (mention.year > own and bool(AHEAD.search(after[:NEAR]) or PLANNED.search(before)))
    )


def _is_foreseen(before: str, after: str) -> bool:
    """True where something, and no money, is said to come: 将于2025年举办, 2024年将完成验收."""
    is_planned = PLANNED.search(before) and not MONEY.search(after[:NEAR])
    return bool(is_planned or (COMING.match(after) and AHEAD.search(after[:NEAR])))


def _is_to_come(before: str, after: str) -> bool:
    """True where the words speak of a plan; what is planned is not of a year long gone."""
    month = MONTH.match(after)
    return bool(
        PLANNED.search(before)
        or DEADLINE.match(after)
        or WHOLE_YEAR.match(after)
        or (month and BUDGET.match(after, month.end()))
    )


def _is_one_of_a_series(mention: Mention) -> bool:
    first = last = mention.year
    while first - 1 in mention.together:
        first -= 1
    while last + 1 in mention.together:
        last += 1
    return last - first + 1 >= SERIES
