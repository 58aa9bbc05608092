"""The pages of releases, beside their files: each by itself, all of them, and what changed."""

from django.urls import path

from cms.pages.open_data import all_changes, all_releases
from cms.pages.releases import release_page

app_name = "release_pages"
urlpatterns = [
    path("", all_releases, name="list"),
    path("changes/", all_changes, name="changes"),
    path("<slug:code>/", release_page, name="release"),
]
