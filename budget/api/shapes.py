"""What the objects look like, for the schema. What is not required may be null, never missing."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from budget.document import CellKind, FigureKind, RowKind
from budget.release.standing import Standing
from budget.terms import CodeScheme, Fund, Level, Origin, Scope, Term


def words(terms: type[Term], told: str = "") -> serializers.ChoiceField:
    """Return a field that holds a word of a vocabulary."""
    listed = "；".join(f"{each.value}：{each.label}" for each in terms)
    return serializers.ChoiceField([each.value for each in terms], help_text=f"{told}{listed}。")


def string(told: str, null: bool = False) -> serializers.CharField:
    """Return a field of text."""
    return serializers.CharField(help_text=told, allow_null=null)


def whole(told: str, null: bool = False) -> serializers.IntegerField:
    """Return a field that holds a whole number."""
    return serializers.IntegerField(help_text=told, allow_null=null)


def printed_number(told: str) -> serializers.CharField:
    """Return a field of a printed number, spelled out."""
    return serializers.RegexField(
        r"^-?[0-9]+(\.[0-9]+)?$",
        help_text=f"{told}；逐位写出的十进制数，没有印数字的为 null。",
        allow_null=True,
    )


def moment(told: str, null: bool = False) -> serializers.DateTimeField:
    """Return a field of a moment with its zone."""
    return serializers.DateTimeField(help_text=told, allow_null=null)


class Refusal(serializers.Serializer):
    """没有答复时说的话。"""

    message = string("中文说明：什么不对，怎么办。")


class Gone(Refusal):
    """已撤回或封存的版本。"""

    state = serializers.ChoiceField(
        [each.value for each in (Standing.WITHDRAWN, Standing.SEALED)], help_text="已撤回或已封存。"
    )
    reason = string("原因。")
    since = moment("撤回或封存的时间。")


class Publisher(serializers.Serializer):
    """公开了预算的部门或单位。"""

    code = string("部门编码（3 位）或单位编码（6 位）。")
    name = string("最近一年所用的全称。")
    scope = words(Scope)
    department = string("所属部门的编码。")
    years = serializers.ListField(child=serializers.IntegerField(), help_text="已公开的年度。")


class CorrectionShape(serializers.Serializer):
    """更正说明。"""

    kind = string("更正文字或更正金额。")
    what = string("更正事项。")
    why = string("更正原因。")


class ReleaseShape(serializers.Serializer):
    """已公开的一版。"""

    id = string("永久标识，也是网页地址，如 157/2023/v1。")
    code = string("编码。")
    name = string("全称。")
    scope = words(Scope)
    year = whole("预算年度。")
    number = whole("第几版。")
    published_at = moment("公开时间。")
    state = serializers.ChoiceField(
        [each.value for each in (Standing.CURRENT, Standing.CORRECTED)], help_text="现行或已更正。"
    )
    state_label = string("状态的说法。")
    origin = words(Origin, "来源。")
    origin_label = string("来源的说法。")
    edition = string("版式代码。")
    digest = string("全文的 SHA-256 摘要。")
    url = string("这一版的接口地址。")
    page = string("这一版的网页地址。")


class FileShape(serializers.Serializer):
    """一个文件。"""

    format = string("格式。")
    name = string("文件名。")
    content_type = string("媒体类型。")
    size = whole("字节数。")
    digest = string("文件的 SHA-256 摘要。")
    download = string("下载地址；同一格式有多个文件时为一个 ZIP。")


class PlaceShape(serializers.Serializer):
    """在别处公开的网址。"""

    url = string("网址。")
    since = moment("在该处公开的时间。")


class WholeRelease(ReleaseShape):
    """已公开的一版，连同文件和各部分的地址。"""

    correction = CorrectionShape(allow_null=True, help_text="更正说明；不是更正的为 null。")
    places = PlaceShape(many=True, help_text="在其他网站公开的网址。")
    files = FileShape(many=True, help_text="各格式的文件；正在制作时为空。")
    tables_url = string("各表的接口地址。")
    paragraphs_url = string("文字说明的接口地址。")
    figures_url = string("文中数字的接口地址。")
    charts_url = string("图的接口地址。")
    versions_url = string("各版本的接口地址。")


class VersionShape(serializers.Serializer):
    """一份文件的一个版本，含已撤回、已封存的。"""

    id = string("永久标识。")
    number = whole("第几版。")
    published_at = moment("公开时间。")
    state = words(Standing)
    state_label = string("状态的说法。")
    reason = string("撤回或封存的原因；没有的为空。")
    since = moment("撤回或封存的时间。", null=True)
    digest = string("全文的 SHA-256 摘要。")
    correction = CorrectionShape(allow_null=True, help_text="更正说明。")
    url = string("接口地址；已撤回、已封存的答 410。")
    page = string("网页地址。")


class VersionsShape(serializers.Serializer):
    """一份文件的各版本，最新的在前。"""

    code = string("编码。")
    year = whole("预算年度。")
    results = VersionShape(many=True)


class TableHead(serializers.Serializer):
    """一张表，不含各行。"""

    id = string("永久标识，如 157/2023/v1/summary。")
    code = string("表的代码，各年度、各部门相同。")
    number = whole("表号。")
    name = string("目录中的表名。")
    title = string("表的标题。")
    unit = string("金额单位；没有金额的为空。")
    rows = whole("行数。")
    is_empty = serializers.BooleanField(help_text="空表：没有相关收支。")
    url = string("接口地址。")
    page = string("网页地址。")


class ColumnShape(serializers.Serializer):
    """一栏。"""

    key = string("栏的标识。")
    title = serializers.ListField(
        child=serializers.CharField(allow_blank=True), help_text="自上而下的各级栏名。"
    )
    kind = words(CellKind)
    width = whole("相对宽度。")


class HeadCell(serializers.Serializer):
    """表头的一格。"""

    key = string("标识。")
    kind = words(CellKind)
    text = string("所印文字。")
    rowspan = whole("纵向跨几格；0：被合并的格盖住。")
    colspan = whole("横向跨几格；0：被合并的格盖住。")


class CellShape(HeadCell):
    """表体的一格。"""

    address = string("地址：表/行/栏；被盖住的格可以没有。")
    number = printed_number("所印的数")
    unit = string("金额的单位；不是金额的为空。")


class RowShape(serializers.Serializer):
    """一行。"""

    key = string("行的标识：科目、单位、项目、指标等，不是行号。")
    kind = words(RowKind)
    cells = CellShape(many=True, help_text="与各栏一一对应。")


class TableShape(serializers.Serializer):
    """所印的一张表，与 JSON 文件中的相同。"""

    code = string("表的代码。")
    number = whole("表号。")
    contents_title = string("目录中的表名；不列入目录的为空。")
    title = string("标题。")
    subject = string("左上角的一行。")
    unit = string("金额单位。")
    unit_exponent = whole("单位是元的 10 的几次方：万元为 4。")
    is_empty = serializers.BooleanField(help_text="空表。")
    landscape = serializers.BooleanField(help_text="横排。")
    note = string("表下的注。")
    columns = ColumnShape(many=True)
    head = serializers.ListField(child=HeadCell(many=True), help_text="表头，规整的网格。")
    rows = RowShape(many=True)


class OneTableShape(serializers.Serializer):
    """一张表和它所在的版本。"""

    release = string("版本的永久标识。")
    url = string("接口地址。")
    page = string("网页地址。")
    table = TableShape()


class RowName(serializers.Serializer):
    """单元格所在的行。"""

    key = string("行的标识。")
    kind = words(RowKind)


class ColumnName(serializers.Serializer):
    """单元格所在的栏。"""

    key = string("栏的标识。")
    title = serializers.ListField(child=serializers.CharField(allow_blank=True))


class OneCellShape(CellShape):
    """一个单元格，连同它所在的表、行、栏。"""

    id = string("永久标识，如 157/2023/v1/summary/basic_spending/spending。")
    table = string("表的代码。")
    table_title = string("表的标题。")
    row = RowName()
    column = ColumnName()
    url = string("接口地址。")
    page = string("网页上这一格的地址。")


class RunFigure(serializers.Serializer):
    """一句话里的一个数字。"""

    address = string("地址：段落/指标。")
    key = string("指标。")
    kind = words(FigureKind)
    text = string("所印文字。")
    number = printed_number("所印的数")
    unit = string("单位；没有的为空。")


class Run(serializers.Field):
    """文字，或一个数字。"""


class _RunInSchema(OpenApiSerializerFieldExtension):
    """Tells the schema of what a `Run` is one."""

    target_class = Run

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Return the choice between words and a figure."""
        figure = auto_schema.resolve_serializer(RunFigure, direction)
        return {"oneOf": [{"type": "string"}, figure.ref]}


class ParagraphShape(serializers.Serializer):
    """一段文字。"""

    id = string("永久标识。")
    key = string("段落的标识。")
    part = string("所在部分的标识。")
    part_title = string("所在部分的标题。")
    section = string("所在节的标识。")
    section_title = string("所在节的标题。")
    lead = string("段首的小标题；没有的为空。")
    text = string("整段文字。")
    runs = serializers.ListField(child=Run(), help_text="文字与数字相间，依次相连就是整段。")
    url = string("接口地址。")
    page = string("网页上这一段的地址。")


class FigureShape(RunFigure):
    """文中的一个数字。"""

    id = string("永久标识。")
    paragraph = string("所在段落的标识。")
    url = string("接口地址。")
    page = string("网页上这个数字的地址。")


class SliceShape(serializers.Serializer):
    """图中的一块。"""

    key = string("标识。")
    label = string("名称。")
    text = string("所印金额。")
    number = printed_number("金额")
    share_text = string("所印占比。")
    share = printed_number("占比（%）")


class ChartShape(serializers.Serializer):
    """一幅图的数据。"""

    type = serializers.ChoiceField(["chart"])
    key = string("图的标识。")
    title = string("图名。")
    unit = string("金额单位。")
    description = string("文字说明。")
    slices = SliceShape(many=True)


class CodeShape(serializers.Serializer):
    """一个科目。"""

    code = string("科目编码，不带分隔符。")
    printed = string("带分隔符的书写形式。")
    name = string("科目名称。")
    level = words(Level)
    level_label = string("级次的说法。")
    parent = string("上级科目的编码；类为 null。", null=True)
    fund = serializers.ChoiceField(
        [each.value for each in Fund], allow_null=True, help_text="所属预算；经济分类为 null。"
    )
    fund_label = string("所属预算的说法。", null=True)


def paged(name: str, child: serializers.Serializer, **more: serializers.Field) -> type:
    """Return the shape of one page of a list."""
    fields = {
        **more,
        "count": whole("共有几条。"),
        "next": string("下一页的地址；没有的为 null。", null=True),
        "previous": string("上一页的地址；没有的为 null。", null=True),
        "results": child,
    }
    return type(name, (serializers.Serializer,), {"__doc__": "一页。", **fields})


def of_release(name: str, child: serializers.Serializer) -> type:
    """Return the shape of a list inside one release."""
    fields = {"release": string("版本的永久标识。"), "results": child}
    return type(name, (serializers.Serializer,), {"__doc__": "一版之中的列表。", **fields})


Publishers = paged("Publishers", Publisher(many=True))
ReleaseList = paged("ReleaseList", ReleaseShape(many=True))
CodeList = paged(
    "CodeList",
    CodeShape(many=True),
    year=whole("预算年度。"),
    on=serializers.DateField(help_text="该年度采用科目的日期。"),
    scheme=words(CodeScheme),
)
TableList = of_release("TableList", TableHead(many=True))
ParagraphList = of_release("ParagraphList", ParagraphShape(many=True))
FigureList = of_release("FigureList", FigureShape(many=True))
ChartList = of_release("ChartList", ChartShape(many=True))
