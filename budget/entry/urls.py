"""The addresses of entry. Each stands in the permission table (budget/access/routes.py)."""

from django.urls import URLPattern, URLResolver, path

from budget.access import addresses
from budget.entry import (
    answering,
    approval,
    begin,
    ceilings,
    completion,
    files,
    home,
    pasting,
    preview,
    sheets,
    workbooks,
)

assert addresses  # it makes the spellings of codes and years known

app_name = "entry"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("<unit_code:code>/<year:year>/", home.overview, name="overview"),
    path("<unit_code:code>/<year:year>/codes/<slug:scheme>.json", sheets.codes, name="codes"),
    path("<unit_code:code>/<year:year>/preview/", preview.preview, name="preview"),
    path("<unit_code:code>/<year:year>/behind/", preview.figure, name="behind"),
    path("<unit_code:code>/<year:year>/workbook/", workbooks.workbook, name="workbook"),
    path("<unit_code:code>/<year:year>/workbook/filled/", workbooks.filled, name="workbook_filled"),
    path("<unit_code:code>/<year:year>/workbook/empty/", workbooks.empty, name="workbook_empty"),
    path(
        "<unit_code:code>/<year:year>/workbook/confirm/",
        workbooks.confirm,
        name="workbook_confirm",
    ),
    path("<unit_code:code>/<year:year>/undo/<uuid:batch>/", workbooks.take_back, name="undo"),
    path("<unit_code:code>/<year:year>/begin/", begin.beginning, name="begin"),
    path("<unit_code:code>/<year:year>/approval/", approval.approval, name="approval"),
    path("<unit_code:code>/<year:year>/approval/record/", approval.record, name="approval_record"),
    path("<unit_code:code>/<year:year>/approval/forget/", approval.forget, name="approval_forget"),
    path("<unit_code:code>/<year:year>/approval/settle/", approval.settle, name="approval_settle"),
    path("<unit_code:code>/<year:year>/files/", files.files, name="files"),
    path("<unit_code:code>/<year:year>/files/<int:key>/", files.file, name="file"),
    path("<unit_code:code>/<year:year>/files/<int:key>/delete/", files.delete, name="file_delete"),
    path("<unit_code:code>/<year:year>/complete/", completion.completed, name="complete"),
    path("<unit_code:code>/<year:year>/return/", completion.returned, name="return"),
    path("<unit_code:code>/<year:year>/accept/", completion.accepted, name="accept"),
    path("<unit_code:code>/<year:year>/answer/", answering.answered, name="answer"),
    path("<unit_code:code>/<year:year>/ceilings/", ceilings.ceilings, name="ceilings"),
    path("<unit_code:code>/<year:year>/ceilings/split/", ceilings.split, name="split_ceilings"),
    path("<unit_code:code>/<year:year>/ceilings/explain/", ceilings.explain, name="explain_excess"),
    # Last, since any word stands in its place.
    path("<unit_code:code>/<year:year>/<slug:sheet>/", sheets.sheet, name="sheet"),
    path("<unit_code:code>/<year:year>/<slug:sheet>/save", sheets.save, name="save"),
    path("<unit_code:code>/<year:year>/<slug:sheet>/paste/", pasting.paste, name="paste"),
    path(
        "<unit_code:code>/<year:year>/<slug:sheet>/paste/confirm",
        pasting.confirm,
        name="paste_confirm",
    ),
]
