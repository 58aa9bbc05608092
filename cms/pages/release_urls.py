"""The page of a release, beside its files."""

from django.urls import path

from cms.pages.releases import release_page

app_name = "release_pages"
urlpatterns = [path("<slug:code>/", release_page, name="release")]
