"""What safeguarding leads look after: worries, texts, codes and duty, in the menu and as addresses."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import (
    codes,
    concerns,
    contacts,
    goals,
    looking,
    rota,
    settings_of_areas,
    texts,
)
from cms.desk.menu import job
from feedback.privacy.looks import SEE_LOOKS
from feedback.safeguarding.codes import ASK


def worry_urls() -> list:
    """The screens on which safeguarding leads look after worries."""
    return [
        path("worries/", concerns.concerns, name="concerns"),
        path("worries/settings/", settings_of_areas.settings, name="settings"),
        path("worries/settings/<slug:code>/", settings_of_areas.settings_of, name="settings_of"),
        path("worries/<uuid:key>/", concerns.concern, name="concern"),
        path("worries/asked/<uuid:key>/", contacts.contact, name="contact"),
        path("worries/<uuid:key>/code/", codes.code_ask, name="code_ask"),
        path("codes/", codes.code_openings, name="code_openings"),
        path("codes/<uuid:key>/", codes.code_opening, name="code_opening"),
        path("codes/<uuid:key>/note/", codes.code_note, name="code_note"),
        path("looking/", looking.looking, name="looking"),
        path("texts/", texts.texts, name="texts"),
        path("texts/<uuid:key>/", texts.text, name="text"),
        path("goals/<uuid:key>/", goals.goal, name="goal"),
        path("rota/", rota.rotas, name="rotas"),
        path("rota/<slug:code>/", rota.rota, name="rota"),
    ]


@hooks.register("register_admin_menu_item")
def worries_item() -> MenuItem:
    """Worries: what a person must look at."""
    return job("Worries", "concerns", "safeguarding.read_concern", "warning", 120)


@hooks.register("register_admin_menu_item")
def texts_item() -> MenuItem:
    """Texts to read: every one, within a working day."""
    return job("Texts to read", "texts", "safeguarding.read_concern", "openquote", 125)


@hooks.register("register_admin_menu_item")
def looking_item() -> MenuItem:
    """Who has looked: beside the worries."""
    return job("Who has looked", "looking", SEE_LOOKS, "view", 127)


@hooks.register("register_admin_menu_item")
def codes_item() -> MenuItem:
    """Codes opened: what two people looked up, and what waits for the second."""
    return job("Codes opened", "code_openings", ASK, "key", 126)


@hooks.register("register_admin_menu_item")
def rota_item() -> MenuItem:
    """Duty rota: who looks at worries first."""
    return job("Duty rota", "rotas", "safeguarding.plan_duty", "calendar-alt", 122)
