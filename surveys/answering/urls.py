from django.urls import path, register_converter
from django.urls.converters import UUIDConverter
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView

from surveys.answering import contact_page, help_words_page, posters, receipt_page, recordings, trying, views
from surveys.instrument.wording import LANGUAGES


class DeviceId(UUIDConverter):
    """The id a device made, in whichever letters it writes it."""

    regex = UUIDConverter.regex.replace("a-f", "a-fA-F")


class ContentHash:
    """The hash by which a recording is named."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """The hash itself."""
        return value

    to_url = to_python


class Language:
    """A language of respondents, in the address of a document."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The language's code."""
        return value

    to_url = to_python


register_converter(Language, "language")
register_converter(DeviceId, "device_id")
register_converter(ContentHash, "sha256")
app_name = "answering"
urlpatterns = [
    # What is asked for most often is looked for first; no other address looks like it.
    path("<slug:code>/responses/<device_id:response_id>/", views.response, name="response"),
    path("", views.code_page, name="code"),
    path("<language:language>/", views.code_page, name="code"),
    path("posters/<slug:code>.svg", posters.poster_code, name="poster_code"),
    path("posters/<slug:code>/", posters.poster, name="poster"),
    path("posters/<slug:code>/stickers/", posters.stickers, name="stickers"),
    path("waiting/", views.waiting, name="waiting"),
    path("worker.js", views.worker, name="worker"),
    path("help.<language:language>.txt", help_words_page.help_words, name="help_words"),
    path("away", views.away, name="away"),
    path("audio/<sha256:sha256>.mp3", recordings.recording, name="recording"),
    path("try/<slug:key>/", trying.try_out, name="try_out"),
    path("try/<slug:key>/<language:language>/", trying.try_out, name="try_out"),
    path("<slug:code>", csrf_exempt(RedirectView.as_view(pattern_name="answering:survey"))),
    path("<slug:code>/", views.survey, name="survey"),
    path("<slug:code>/<language:language>/", views.survey, name="survey"),
    path("<slug:code>/contact/", contact_page.contact, name="contact"),
    path("<slug:code>/<language:language>/contact/", contact_page.contact, name="contact"),
    path("<slug:code>/contacts/<device_id:message_id>/", contact_page.message, name="message"),
    path("<slug:code>/receipt/", receipt_page.receipt, name="receipt"),
    path("<slug:code>/<language:language>/receipt/", receipt_page.receipt, name="receipt"),
    path("<slug:code>/thanks/<str:token>/", views.thanks, name="thanks"),
    path("<slug:code>/<language:language>/thanks/<str:token>/", views.thanks, name="thanks"),
    path("<path:path>", views.nowhere),
]
