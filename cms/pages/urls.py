"""What public pages show beside themselves; each is looked up in the database, and no folder is served as it is."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cms.pages import look


class Colour(StringConverter):
    """A colour without its #."""

    regex = "[0-9a-f]{6}"


class LogoName(StringConverter):
    """The name of a logo, which is a hash."""

    regex = "[0-9a-f]{32}[.](?:png|jpg)"


register_converter(Colour, "colour")
register_converter(LogoName, "logo")
app_name = "pages"
urlpatterns = [
    path("<slug:area>/<colour:accent>.css", look.colour, name="colour"),
    path("<slug:area>/<logo:name>", look.logo, name="logo"),
]
