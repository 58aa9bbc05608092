"""The page of what was said in focus groups and interviews of an area, in the languages of respondents."""

from django.urls import path

from cms.pages import promise_urls, talks

# Whose converter of languages this needs.
__all__ = ["promise_urls"]
app_name = "talks"
urlpatterns = [
    path("<slug:code>/", talks.talks, name="talks"),
    path("<slug:code>/<spoken:language>/", talks.talks, name="talks"),
]
