"""The addresses of the interface. They are cited in programs and never change their meaning."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from budget.access import addresses as codes_and_years
from budget.api import addresses, codes, contents, described, releases, schema

# They make the spellings in addresses known, and the descriptions of the views.
assert codes_and_years
assert addresses
assert described

app_name = "api"

DOCUMENT = "releases/<unit_code:code>/<year:year>"
RELEASE = f"{DOCUMENT}/<version:version>"
CELL = "<str:table>/<str:row>/<str:column>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("departments", releases.Departments.as_view(), name="departments"),
    path("releases", releases.Releases.as_view(), name="releases"),
    path("codes", codes.Codes.as_view(), name="codes"),
    path(f"{DOCUMENT}/versions", releases.Versions.as_view(), name="versions"),
    path(RELEASE, releases.OneRelease.as_view(), name="release"),
    path(f"{RELEASE}/tables", contents.Tables.as_view(), name="tables"),
    path(f"{RELEASE}/tables/<str:table>", contents.OneTable.as_view(), name="table"),
    path(f"{RELEASE}/cells/{CELL}", contents.OneCell.as_view(), name="cell"),
    path(f"{RELEASE}/paragraphs", contents.Paragraphs.as_view(), name="paragraphs"),
    path(
        f"{RELEASE}/paragraphs/<str:paragraph>", contents.OneParagraph.as_view(), name="paragraph"
    ),
    path(f"{RELEASE}/figures", contents.Figures.as_view(), name="figures"),
    path(
        f"{RELEASE}/figures/<str:paragraph>/<str:key>", contents.OneFigure.as_view(), name="figure"
    ),
    path(f"{RELEASE}/charts", contents.Charts.as_view(), name="charts"),
    path("schema", schema.as_json, name="schema"),
    path("docs/", schema.as_page, name="docs"),
    re_path("", schema.nowhere, name="nowhere"),  # matches whatever is left, line ends too
]
