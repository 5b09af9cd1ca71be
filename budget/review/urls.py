"""The addresses of the pages for people inside."""

from django.urls import URLPattern, URLResolver, path

from budget.review import views

app_name = "review"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:code>/<int:year>/", views.findings, name="findings"),
    path("<slug:code>/<int:year>/draft/", views.draft, name="draft"),
    path("<slug:code>/<int:year>/report.<slug:format>", views.report, name="report"),
]
