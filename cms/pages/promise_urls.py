"""The pages of promises, for everybody and for each audience, in the languages of respondents; and their posters."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cms.pages import promise_posters, promises
from cms.pages.promise_words import PAGES
from surveys.instrument.wording import LANGUAGES


class ReadersSlug(StringConverter):
    """How the readers of a page are named in its address."""

    regex = "|".join(slug for slug in PAGES if slug)


class Spoken(StringConverter):
    """A language of respondents."""

    regex = "|".join(LANGUAGES)


register_converter(ReadersSlug, "readers")
register_converter(Spoken, "spoken")
app_name = "promises"
urlpatterns = [
    path("<slug:code>/", promises.promises, name="promises"),
    path("<slug:code>/promises.csv", promises.promises_file, name="file"),
    path("<slug:code>/<spoken:language>/", promises.promises, name="promises"),
    path("<slug:code>/<readers:readers>/", promises.promises, name="promises"),
    path("<slug:code>/<readers:readers>/<spoken:language>/", promises.promises, name="promises"),
    path("<slug:code>/<readers:readers>/poster/", promise_posters.poster, name="poster"),
    path("<slug:code>/<readers:readers>/<spoken:language>/poster/", promise_posters.poster, name="poster"),
]
