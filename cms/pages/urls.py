"""What public pages show beside themselves; each is looked up in the database, and no folder is served as it is."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cms.pages import deck_pages, look, serving


class Colour(StringConverter):
    """A colour without its #."""

    regex = "[0-9a-f]{6}"


class LogoName(StringConverter):
    """The name of a logo, which is a hash."""

    regex = "[0-9a-f]{32}[.](?:png|jpg)"


class RenditionName(StringConverter):
    """The name of a picture in one size: what it was stored under, and how it was made smaller."""

    regex = "[0-9a-f]{32}[A-Za-z0-9._-]{1,120}"


PICTURE = "pictures/<rendition:name>"
register_converter(RenditionName, "rendition")
register_converter(Colour, "colour")
register_converter(LogoName, "logo")
app_name = "pages"
urlpatterns = [
    path(PICTURE, serving.picture, name="picture"),
    path("documents/<int:document_id>/", serving.document, name="document"),
    path("talk-worker.js", deck_pages.worker, name="talk_worker"),
    path("<slug:area>/<colour:accent>.css", look.colour, name="colour"),
    path("<slug:area>/<logo:name>", look.logo, name="logo"),
]
