"""The page of what was said in focus groups and interviews of an area."""

from django.urls import path

from cms.pages import talks

app_name = "talks"
urlpatterns = [path("<slug:code>/", talks.talks, name="talks")]
