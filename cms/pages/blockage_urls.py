"""The board of what gets in the way of an area, and the form with which anybody names something."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cms.pages import blockages
from surveys.answering import blockage_page
from surveys.instrument.wording import LANGUAGES


class BoardLanguage(StringConverter):
    """A language of respondents."""

    regex = "|".join(LANGUAGES)


register_converter(BoardLanguage, "board_language")
app_name = "blockages"
urlpatterns = [
    path("<slug:code>/", blockages.board, name="board"),
    path("<slug:code>/name/", blockage_page.name_one, name="name"),
    path("<slug:code>/<board_language:language>/", blockages.board, name="board"),
    path("<slug:code>/<board_language:language>/name/", blockage_page.name_one, name="name"),
]
