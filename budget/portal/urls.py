"""The addresses of the public's pages. They are cited elsewhere and never change their meaning."""

from django.urls import URLPattern, URLResolver, include, path

from budget.access import addresses
from budget.portal import feeds, lists, views

assert addresses  # it makes the spellings of codes and years known

app_name = "portal"

# The table and format codes are checked by the views, which can say what there is instead.
document: list[URLPattern | URLResolver] = [
    path("", views.disclosure, name="disclosure"),
    path("download/<slug:format>", views.download, name="download"),
    path("<slug:table>/", views.table, name="table"),
    path("<slug:table>/download/<slug:format>", views.download_table, name="download_table"),
]

# An earlier release has its number in front; without one it is the release that holds now.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.home, name="home"),
    path("favicon.ico", views.icon, name="icon"),
    path("search/", lists.search, name="search"),
    path("feed.xml", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("<year:year>/", lists.year, name="year"),
    path("<unit_code:code>/", lists.department, name="department"),
    path("<unit_code:code>/feed.xml", feeds.feed, name="department_feed"),
    path("<unit_code:code>/<year:year>/versions/", views.all_versions, name="versions"),
    path(
        "<unit_code:code>/<year:year>/versions/<int:before>-<int:after>/",
        views.changes,
        name="changes",
    ),
    path("<unit_code:code>/<year:year>/v<int:number>/", include(document)),
    path("<unit_code:code>/<year:year>/", include(document)),
]
