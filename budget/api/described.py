"""Every address as the schema describes it: its name, what it takes, what it answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from budget.api import codes, contents, releases, shapes
from budget.api.addresses import SPELLING
from budget.api.answers import CONTENT_TYPES, JSON_TYPE
from budget.api.endpoint import Address, OfRelease
from budget.api.parameters import Parameters

LISTS, RELEASES, CONTENTS, CODES = "名录", "版本", "一版的内容", "科目"


def _in_path(name: str, pattern: str, told: str, **more: Any) -> OpenApiParameter:
    schema = {"type": "string", "pattern": pattern, **more}
    return OpenApiParameter(name, schema, OpenApiParameter.PATH, description=told)


IN_PATH = {
    "code": _in_path("code", "^[0-9]{3}([0-9]{3})?$", "部门编码（3 位）或单位编码（6 位）。"),
    "year": OpenApiParameter(
        "year",
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        OpenApiParameter.PATH,
        description="预算年度，四位数字。",
    ),
    "version": _in_path(
        "version", f"^({SPELLING})$", "latest：现行的一版；v1、v2……：指定的一版（永久地址）。"
    ),
    "table": _in_path("table", "^[^/]+$", "表的代码，如 summary。"),
    "row": _in_path("row", "^[^/]+$", "行的标识。"),
    "column": _in_path("column", "^[^/]+$", "栏的标识。"),
    "paragraph": _in_path("paragraph", "^[^/]+$", "段落的标识；对数字而言是它的地址的前一段。"),
    "key": _in_path("key", "^[^/]+$", "指标，如 revenue_total。"),
}


def _refusals(is_of_document: bool) -> dict[Any, Any]:
    """Return what can be said instead of an answer."""
    told: dict[int, tuple[type, str]] = {
        400: (shapes.Refusal, "参数不对。"),
        404: (shapes.Refusal, "没有公开过，或没有这一项。"),
        405: (shapes.Refusal, "只提供查阅。"),
        406: (shapes.Refusal, "不提供所要的格式。"),
        429: (shapes.Refusal, "请求过于频繁；等待的秒数见 Retry-After。"),
    }
    if is_of_document:
        told[410] = (shapes.Gone, "该版本已撤回或封存。")
    return {
        (status, JSON_TYPE): OpenApiResponse(shape, description=words)
        for status, (shape, words) in told.items()
    }


def _describe(
    view: type[Address], name: str, tag: str, summary: str, shape: type, *path: str
) -> None:
    """Put down in the schema what a view is."""
    is_of_document = "version" in path
    responses = {
        (200, JSON_TYPE): OpenApiResponse(shape, description="答复。"),
        (200, "text/csv"): OpenApiTypes.STR,
        (200, CONTENT_TYPES["xlsx"]): OpenApiTypes.BINARY,
        304: OpenApiResponse(description="与 If-None-Match 或 If-Modified-Since 所说的相同。"),
        **_refusals(is_of_document),
    }
    described = extend_schema(
        operation_id=name,
        summary=summary,
        description=_more(view),
        tags=[tag],
        parameters=[
            *([view.parameters] if view.parameters is not Parameters else []),
            *(IN_PATH[each] for each in path),
        ],
        responses=responses,
    )
    extend_schema_view(get=described)(view)


def _more(view: type[Address]) -> str:
    if issubclass(view, OfRelease):
        return "ETag 为该版本的摘要，同一版的答复不变。"
    return "ETag 为答复的摘要。"


DOCUMENT = ("code", "year")
VERSION = (*DOCUMENT, "version")

_describe(releases.Departments, "departments", LISTS, "公开主体", shapes.Publishers)
_describe(releases.Releases, "releases", LISTS, "已公开的版本", shapes.ReleaseList)
_describe(releases.Versions, "versions", RELEASES, "各版本", shapes.VersionsShape, *DOCUMENT)
_describe(releases.OneRelease, "release", RELEASES, "一版", shapes.WholeRelease, *VERSION)
_describe(contents.Tables, "tables", CONTENTS, "各表", shapes.TableList, *VERSION)
_describe(contents.OneTable, "table", CONTENTS, "一张表", shapes.OneTableShape, *VERSION, "table")
_describe(
    contents.OneCell,
    "cell",
    CONTENTS,
    "一个单元格",
    shapes.OneCellShape,
    *(*VERSION, "table", "row", "column"),
)
_describe(contents.Paragraphs, "paragraphs", CONTENTS, "文字说明", shapes.ParagraphList, *VERSION)
_describe(
    contents.OneParagraph,
    "paragraph",
    CONTENTS,
    "一段文字",
    shapes.ParagraphShape,
    *(*VERSION, "paragraph"),
)
_describe(contents.Figures, "figures", CONTENTS, "文中数字", shapes.FigureList, *VERSION)
_describe(
    contents.OneFigure,
    "figure",
    CONTENTS,
    "文中的一个数字",
    shapes.FigureShape,
    *(*VERSION, "paragraph", "key"),
)
_describe(contents.Charts, "charts", CONTENTS, "图", shapes.ChartList, *VERSION)
_describe(codes.Codes, "codes", CODES, "科目表", shapes.CodeList)
