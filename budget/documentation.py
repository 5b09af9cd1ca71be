"""Pages of docs/ that are written from the declarations themselves, so that they cannot go stale.

``manage.py writedocs`` writes them; a test fails when a page differs from what is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from budget.charts.registry import CHARTS
from budget.edition import EDITIONS, ChartUse, Edition, ParagraphUse, TableUse
from budget.measures.registry import MEASURES
from budget.narrative.registry import PARAGRAPHS
from budget.rules.registry import RULES, Rule
from budget.rules.thresholds import THRESHOLDS
from budget.tables.spec import TABLES, Column, Group, TableSpec

GENERATED = "<!-- 本页由 manage.py writedocs 生成，请勿手工修改。 -->"


def pages() -> Mapping[str, str]:
    """Return the generated pages by file name."""
    written: Mapping[str, Callable[[], Iterator[str]]] = {
        "tables.md": _tables_page,
        "editions.md": _editions_page,
        "rules.md": _rules_page,
    }
    return {name: "\n".join(write()) + "\n" for name, write in written.items()}


def _tables_page() -> Iterator[str]:
    yield from ("# 表、指标、段落与图", "", GENERATED, "")
    yield "每个单元格的地址是 `表/行/栏`，例如 `summary/appropriation/revenue`。"
    for spec in TABLES.values():
        yield from ("", *_table(spec))
    yield from ("", "## 指标", "", "| 代码 | 名称 | 取数 |", "|---|---|---|")
    for measure in MEASURES.values():
        origin = "明细汇总" if measure.where else "登记簿"
        yield f"| `{measure.code}` | {measure.title} | {origin} |"
    yield from ("", "## 段落", "", "| 代码 | 内容 | 需要人工填写 |", "|---|---|---|")
    for paragraph in PARAGRAPHS.values():
        asks = "、".join(f"`{ask}`" for ask in paragraph.asks)
        yield f"| `{paragraph.code}` | {_first_line(paragraph.write)} | {asks} |"
    yield from ("", "## 图", "", "| 代码 | 内容 |", "|---|---|")
    for code, draw in CHARTS.items():
        yield f"| `{code}` | {_first_line(draw)} |"


def _table(spec: TableSpec) -> Iterator[str]:
    yield from (
        f"## {spec.title} `{spec.code}`",
        "",
        "| 栏 | 表头 | 类型 | 等于 |",
        "|---|---|---|---|",
    )
    for titles, column in _titled(spec.columns, ()):
        sum_of = " + ".join(f"`{key}`" for key in column.sum_of)
        yield f"| `{column.key}` | {' / '.join(titles)} | {column.kind.label} | {sum_of} |"


def _titled(
    columns: tuple[Column | Group, ...], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Column]]:
    for column in columns:
        if isinstance(column, Group):
            yield from _titled(column.columns, (*above, column.title))
        else:
            yield (*above, column.title), column


def _editions_page() -> Iterator[str]:
    yield from ("# 版式", "", GENERATED)
    for edition in EDITIONS.values():
        yield from ("", *_edition(edition))


def _edition(edition: Edition) -> Iterator[str]:
    yield f"## {edition.title} `{edition.code}`"
    scopes = "、".join(f"{scope.label}（{said.own}）" for scope, said in edition.wording.items())
    yield from ("", f"- 适用范围：{scopes}")
    yield f"- 文字金额单位：{edition.text_unit.label}；数据颗粒：{edition.grain}元"
    yield from ("", "| 序号 | 表 | 目录名 | 表名 | 单位 | 选项 |", "|---|---|---|---|---|---|")
    for number, use in enumerate(edition.tables, start=1):
        yield (
            f"| {number} | `{use.table}` | {use.contents_title} | {use.title} "
            f"| {use.unit.label} | {_options(use)} |"
        )
    yield from ("", "| 标题 | 段落与图 |", "|---|---|")
    for section in edition.sections:
        blocks = "、".join(f"`{_block(block)}`" for block in section.blocks)
        yield f"| {section.title} | {blocks} |"


def _options(use: TableUse) -> str:
    said = [use.codes.label, f"合计在{use.total.label}", f"空表{use.empty.label}"]
    if use.marks:
        said.append("有栏次行")
    if use.landscape:
        said.append("横向")
    if use.categories:
        said.append(f"固定{len(use.categories)}类")
    return "；".join(said)


def _block(block: ParagraphUse | ChartUse) -> str:
    return block.paragraph if isinstance(block, ParagraphUse) else block.chart


def _rules_page() -> Iterator[str]:
    yield from ("# 审核规则", "", GENERATED, "")
    yield "“错误”不改不能上报和公开；“需说明”要写明原因；“提示”供核对。财政部门可以按年度调整。"
    yield "缺少所需数据的规则记为“未核对”，不算通过。一个原因只报一次，连带的规则一并列出。"
    yield from ("", "| 规则组 | 条数 |", "|---|---|")
    families = [
        (rules[0].family_title, rules)
        for rules in (list(each) for _, each in groupby(_by_family(), key=attrgetter("family")))
    ]
    yield from (f"| {title} | {len(rules)} |" for title, rules in families)
    for title, rules in families:
        yield from ("", f"## {title}")
        for rule in rules:
            yield from ("", *_rule(rule))
    yield from ("", *_thresholds())


def _thresholds() -> Iterator[str]:
    yield from ("## 限值", "")
    yield "下列数可以由财政部门按年度设定；没有设定的用版式的规定，版式没有规定的用默认值。"
    yield from ("", "| 限值 | 名称 | 默认 | 可设范围 | 使用的规则 | 版式的规定 |")
    yield "|---|---|---|---|---|---|"
    for each in THRESHOLDS.values():
        edited = "；".join(
            f"{edition.title} {each.told(edition.thresholds[each.name])}"
            for edition in EDITIONS.values()
            if each.name in edition.thresholds
        )
        yield (
            f"| `{each.name}` | {each.title} | {each.told(each.default)} | {each.span} "
            f"| {'、'.join(f'`{code}`' for code in each.rules)} | {edited or '（用默认）'} |"
        )


def _by_family() -> list[Rule]:
    """Return the rules family by family, in the order in which they are declared."""
    order = list(dict.fromkeys(rule.family for rule in RULES.values()))
    return sorted(RULES.values(), key=lambda rule: (order.index(rule.family), rule.code))


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### `{rule.code}` {rule.title}"
    yield from ("", f"- 程度：{rule.severity.label}；需要：{rule.needs.label}")
    yield f"- 说明：{rule.explain}"
    yield f"- 依据：{rule.basis}"
    yield f"- 例：{rule.example}"


def _first_line(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().split("\n")[0]
