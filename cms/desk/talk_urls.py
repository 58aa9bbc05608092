"""The addresses of focus groups and interviews at the desk, their place in the menu, and what of them waits."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import talks
from cms.desk.menu import job
from feedback.anonymisation.comments import DECIDE
from feedback.anonymisation.telling_talk import waiting_texts


def talk_urls() -> list:
    """The screens of focus groups and interviews."""
    return [
        path("talks/", talks.talks, name="talks"),
        path("talks/write/<slug:code>/", talks.write_talk, name="talk_write"),
        path("talks/read/<uuid:key>/", talks.talk_to_read, name="talk_to_read"),
        path("talks/said/<uuid:key>/", talks.talk_text, name="talk_text"),
        path("talks/told/<slug:code>/", talks.told_talk, name="told_talk"),
    ]


@hooks.register("register_admin_menu_item")
def talks_item() -> MenuItem:
    """Fieldwork: focus groups and interviews, of those who write them down, decide on them, or recall them."""
    return job("Focus groups", "talks", talks.ANY_OF, "comment", 124)


def talk_waits(request: HttpRequest) -> Iterator[tuple[str, str, str, str]]:
    """A heading, a sentence, and where to go, where something that was said waits for this moderator."""
    if request.user.has_perm(DECIDE) and (many := waiting_texts(request.user).count()):
        text = f"{many} {'text waits' if many == 1 else 'texts wait'} to be decided on."
        yield "Focus groups and interviews", text, reverse("desk:talks"), "Read what was said"
