"""The field and the area it is in: waves, conversations, and what is done together, in the menu and as addresses."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import (
    areas,
    booklets,
    cards,
    counts,
    hearers,
    hearing,
    licensed,
    paper,
    slips,
    together,
    turnout,
    views,
    wave_messages,
)
from cms.desk.floods import flood_urls
from cms.desk.menu import job
from cms.desk.occasion_menu import occasion_urls
from surveys.fieldwork.hearers import HEAR
from surveys.fieldwork.licences import LOAD, USE


def field_urls() -> list:
    """The screens of the field and of the area it is in."""
    return [
        path("areas/", areas.areas, name="areas"),
        path("areas/<slug:code>/", areas.area, name="area"),
        path("areas/<slug:code>/counts/", counts.counts, name="counts"),
        path("waves/", views.waves, name="waves"),
        path("waves/<slug:code>/", views.wave, name="wave"),
        path("waves/<slug:code>/response/", turnout.response, name="response"),
        path("waves/<slug:code>/message/", wave_messages.wave_message, name="wave_message"),
        path("waves/<slug:code>/hearers/", hearers.hearers, name="hearers"),
        path("waves/<slug:code>/slips/", slips.slips, name="slips"),
        path("waves/<slug:code>/cards/", cards.cards, name="cards"),
        path("waves/<slug:code>/booklet/<slug:language>/", booklets.booklet, name="booklet"),
        path("waves/<slug:code>/paper/", paper.paper, name="paper"),
        path("waves/<slug:code>/paper/key/", paper.key, name="paper_key"),
        path("waves/<slug:code>/paper/settle/", paper.settle, name="paper_settle"),
        path("licensed-scales/", licensed.licensed, name="licensed"),
        *together.together_urls(),
        *occasion_urls(),
        *flood_urls(),
        path("conversations/", booklets.conversations, name="conversations"),
        path("hearing/", hearing.hearings, name="hearings"),
        path("hearing/<uuid:key>/", hearing.hearing, name="hearing"),
    ]


@hooks.register("register_admin_menu_item")
def conversations_item() -> MenuItem:
    """Fieldwork of practitioners: the conversations that are open."""
    return job("Conversations", "conversations", "fieldwork.hold_conversation", "comment", 115)


@hooks.register("register_admin_menu_item")
def together_item() -> MenuItem:
    """Fieldwork of practitioners: scales and goals, with a family."""
    return job("Together", "together", USE, "group", 116)


@hooks.register("register_admin_menu_item")
def licensed_item() -> MenuItem:
    """Area: the scales it holds under licence."""
    return job("Licensed scales", "licensed", LOAD, "list-ol", 152)


@hooks.register("register_admin_menu_item")
def hearings_item() -> MenuItem:
    """Hear: what children said who chose this person."""
    return job("Conversations for me", "hearings", HEAR, "openquote", 117)


@hooks.register("register_admin_menu_item")
def fieldwork_item() -> MenuItem:
    """Fieldwork: waves and posters."""
    return job("Fieldwork", "waves", "fieldwork.open_wave", "mail", 110)


@hooks.register("register_admin_menu_item")
def areas_item() -> MenuItem:
    """Area: how it looks, who is called, from how many people on figures are shown."""
    return job("Area", "areas", "frame.write", "site", 150)
