"""Which address answers with which page; who may come there is `budget.access.routes`."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    *([path("admin/", admin.site.urls)] if settings.ADMIN else []),
    path("account/", include("budget.config.account_urls")),
    path("", include("budget.people.urls")),
    path("bureau/", include("budget.bureau.urls")),
    path("", include("performance.entry.urls")),
    path("entry/", include("budget.entry.urls")),
    path("flow/", include("budget.flow.urls")),
    path("findings/", include("budget.review.urls")),
    path("review/", include("budget.desk.urls")),
    path("papers/", include("budget.papers.urls")),
    path("help/", include("budget.help.urls")),
    path("trail/", include("budget.trail.urls")),
    path("", include("budget.health.urls")),
    path("api/v1/", include("budget.api.urls")),
    path("", include("budget.portal.urls")),
]

handler400 = "budget.config.errors.bad_request"
handler500 = "budget.config.errors.failed"
handler404 = "budget.portal.views.missing"
