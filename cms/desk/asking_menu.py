"""Where surveys and questions are made: the bank, the workbench and wordings, in the menu and as addresses."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import (
    bank,
    editions,
    exchange,
    packs,
    preview,
    scales,
    surveys,
    translations,
    try_outs,
    wordings,
    workbench,
    workbench_screens,
)
from cms.desk.menu import job


def asking_urls() -> list:
    """The screens on which surveys and questions are made."""
    return [
        path("surveys/", surveys.surveys, name="surveys"),
        path("surveys/bring-in/", exchange.bring_in, name="bring_in"),
        path("surveys/<int:number>/", surveys.survey, name="survey"),
        path("surveys/<int:number>/editions/", editions.editions, name="editions"),
        path("wordings/", wordings.try_a_wording, name="wordings"),
        path("bank/", bank.questions, name="bank"),
        path("bank/<int:number>/", bank.question, name="question"),
        path("bank/scales/", scales.scales, name="scales"),
        path("bank/scales/new/", scales.scale, name="new_scale"),
        path("bank/scales/<int:number>/", scales.scale, name="scale"),
        path("surveys/<int:number>/workbench/", workbench.workbench, name="workbench"),
        path("surveys/<int:number>/workbench/<uuid:key>/", workbench_screens.workbench_screen, name="workbench_screen"),
        path("surveys/<int:number>/try/", try_outs.try_out, name="try_out"),
        path("surveys/<int:number>/preview/", preview.preview, name="preview"),
        path("surveys/<int:number>/preview/<slug:size>/<slug:language>/", preview.preview_frame, name="preview_frame"),
        path("surveys/<int:number>/xlsform/", exchange.take_out, name="take_out"),
        path("surveys/<int:number>/pack/", packs.pack_of_survey, name="pack_of_survey"),
        path("question-packs/", packs.packs, name="packs"),
        path("surveys/<int:number>/translations/", translations.translations, name="translations"),
        path("surveys/<int:number>/translations/<slug:language>/", translations.translation, name="translation"),
        path("surveys/<int:number>/translations/<slug:language>/po/", translations.catalogue, name="catalogue"),
    ]


@hooks.register("register_admin_menu_item")
def surveys_item() -> MenuItem:
    """Ask: the surveys of the area."""
    return job("Surveys", "surveys", "design.view", "clipboard-list", 100)


@hooks.register("register_admin_menu_item")
def bank_item() -> MenuItem:
    """Ask: the question bank."""
    return job("Question bank", "bank", "bank.write", "list-ul", 105)


@hooks.register("register_admin_menu_item")
def wordings_item() -> MenuItem:
    """Ask: a wording, tried without saving it."""
    return job("Try a wording", "wordings", "design.write", "glasses", 107)
