"""The page of children's questions, in the languages of respondents."""

from django.urls import path

from cms.pages import child_questions, promise_urls

# Whose converter of languages this needs.
__all__ = ["promise_urls"]
app_name = "questions"
urlpatterns = [
    path("<slug:code>/", child_questions.child_questions, name="questions"),
    path("<slug:code>/<spoken:language>/", child_questions.child_questions, name="questions"),
]
