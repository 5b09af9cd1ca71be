"""The addresses of the bureau's pages. Each stands in the permission table."""

from django.urls import URLPattern, URLResolver, path

from budget.access import addresses
from budget.bureau import ceilings, codes, files, next_lists, organisation, proposals, rules, years

assert addresses  # it makes the spellings of codes and years known

app_name = "bureau"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", years.years, name="years"),
    path("years/new/", years.new_year, name="new_year"),
    path("years/<year:year>/", years.year, name="year"),
    path("years/<year:year>/dates/", years.change_year, name="change_year"),
    path("years/<year:year>/open/<slug:round>/", years.open_year, name="open_year"),
    path("years/<year:year>/only-published/", years.only_published, name="only_published"),
    path("years/<year:year>/rules/", rules.rules, name="rules"),
    path("years/<year:year>/ceilings/", ceilings.ceilings, name="ceilings"),
    path("years/<year:year>/ceilings/import/", ceilings.import_ceilings, name="import_ceilings"),
    path("years/<year:year>/ceilings/confirm/", ceilings.confirm_ceilings, name="confirm_ceilings"),
    path(
        "years/<year:year>/ceilings/<slug:code>/",
        ceilings.department_ceilings,
        name="department_ceilings",
    ),
    path("departments/", organisation.departments, name="departments"),
    path("departments/new/", organisation.new_department, name="new_department"),
    path("departments/<slug:code>/", organisation.department, name="department"),
    path(
        "departments/<slug:code>/change/",
        organisation.change_department,
        name="change_department",
    ),
    path("departments/<slug:code>/close/", organisation.end_department, name="close_department"),
    path(
        "departments/<slug:code>/resume/",
        organisation.resume_department,
        name="resume_department",
    ),
    path("departments/<slug:code>/units/new/", organisation.new_unit, name="new_unit"),
    path("units/<slug:code>/", organisation.change_unit, name="unit"),
    path("units/<slug:code>/close/", organisation.end_unit, name="close_unit"),
    path("units/<slug:code>/resume/", organisation.resume_unit, name="resume_unit"),
    path("files/<slug:name>.<slug:format>", files.export, name="export"),
    path("files/<slug:name>/", files.upload, name="upload"),
    path("files/<slug:name>/confirm/", files.confirm, name="confirm"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/take/", proposals.take_proposal, name="take_proposal"),
    path("codes/<slug:scheme>/", codes.codes, name="codes"),
    path("codes/<slug:scheme>/new/", codes.new_code, name="new_code"),
    path("codes/<slug:scheme>/next/", next_lists.next_list, name="next_list"),
    path(
        "codes/<slug:scheme>/next/<day:begins>/confirm/",
        next_lists.confirm_list,
        name="confirm_list",
    ),
    path("codes/<slug:scheme>/<int:pk>/", codes.code, name="code"),
]
