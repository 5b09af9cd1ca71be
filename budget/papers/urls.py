"""The addresses of papers. Each stands in the permission table."""

from django.urls import URLPattern, URLResolver, path

from budget.access import addresses
from budget.papers import everybody, inside, views

assert addresses  # it makes the spellings of codes and years known

app_name = "papers"

urlpatterns: list[URLPattern | URLResolver] = [
    path("approvals/<year:year>/", everybody.approvals, name="approvals"),
    path("approvals/<year:year>/all.zip", everybody.archive, name="archive"),
    path("<unit_code:code>/<year:year>/", views.papers, name="papers"),
    path("<unit_code:code>/<year:year>/draft.<slug:format>", inside.draft, name="draft"),
    path("<unit_code:code>/<year:year>/published.docx", inside.published, name="published"),
    path("<unit_code:code>/<year:year>/submission.pdf", views.submission_sheet, name="submission"),
    path("<unit_code:code>/<year:year>/clearance.pdf", views.clearance_sheet, name="clearance"),
    path("<unit_code:code>/<year:year>/approval.pdf", views.approval_letter, name="approval"),
]
