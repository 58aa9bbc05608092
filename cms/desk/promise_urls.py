"""The addresses of promises and of children's questions at the desk, and where the menu leads to the latter."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import child_questions, promises
from cms.desk.menu import job
from feedback.promises.child_questions import ANY_OF


def promise_urls() -> list:
    """The screens of promises and of children's questions."""
    return [
        path("promises/", promises.promises, name="promises"),
        path("promises/new/<slug:code>/", promises.new_promise, name="promise_new"),
        path("promises/<int:number>/", promises.promise, name="promise"),
        path("promises/<int:number>/owner/", promises.promise_owner, name="promise_owner"),
        path("promises/<int:number>/words/", promises.promise_words, name="promise_words"),
        path("promises/<int:number>/say/<slug:step>/", promises.promise_step, name="promise_step"),
        path("child-questions/", child_questions.child_questions, name="child_questions"),
        path("child-questions/find/<slug:code>/", child_questions.find_questions, name="child_questions_find"),
        path("child-questions/<uuid:key>/", child_questions.child_question, name="child_question"),
    ]


@hooks.register("register_admin_menu_item")
def questions_item() -> MenuItem:
    """Tell: what children asked, and what is answered."""
    return job("Children’s questions", "child_questions", ANY_OF, "help", 143)
