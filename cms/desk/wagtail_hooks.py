from collections.abc import Iterator

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from cms.desk import (
    accounts,
    advice,
    areas,
    attack_report,
    bank,
    blocks,
    booklets,
    cards,
    codes,
    concerns,
    contacts,
    counts,
    editions,
    exchange,
    goals,
    hearers,
    hearing,
    inspection,
    inspection_urls,
    interpreting,
    intruder_tests,
    licensed,
    looking,
    moderation,
    own_sign_in,
    packs,
    paper,
    preview,
    public,
    quotes,
    releases,
    rota,
    scales,
    service_information,
    settings_of_areas,
    slips,
    staying,
    surveys,
    texts,
    together,
    translations,
    try_outs,
    turnout,
    views,
    wave_messages,
    word_lists,
    wordings,
    workbench,
    workbench_screens,
)
from cms.desk.blockage_urls import blockage_urls
from cms.desk.floods import flood_urls
from cms.desk.home import WhatWaits
from cms.desk.measures_menu import measure_urls
from cms.desk.menu import job as _item
from cms.desk.occasion_menu import occasion_urls
from cms.desk.promise_urls import promise_urls
from cms.desk.report_urls import report_urls
from cms.desk.status_menu import status_urls
from cms.desk.talk_urls import talk_urls
from cms.desk.words_menu import words_urls
from cms.workflow.reports import APPROVE
from feedback.accounts.rights import pages_found_by
from feedback.anonymisation.comments import DECIDE
from feedback.anonymisation.proposals import REVIEW
from feedback.privacy.looks import SEE_LOOKS
from feedback.promises.models import SEE as SEE_PROMISES
from feedback.releases.quotes import ORDER, RECALL
from feedback.safeguarding.codes import ASK
from surveys.design.models import SurveyPage
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
    ]


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


def worry_urls() -> list:
    """The screens on which safeguarding leads look after worries."""
    return [
        path("worries/", concerns.concerns, name="concerns"),
        path("worries/settings/", settings_of_areas.settings, name="settings"),
        path("worries/settings/<slug:code>/", settings_of_areas.settings_of, name="settings_of"),
        path("worries/<uuid:key>/", concerns.concern, name="concern"),
        path("worries/asked/<uuid:key>/", contacts.contact, name="contact"),
    ]


def release_urls() -> list:
    """The screens on which a release is made, checked and read."""
    return [
        path("releases/", releases.releases, name="releases"),
        path("releases/blocks/", blocks.blocks, name="blocks"),
        path("releases/blocks/<slug:code>/", blocks.blocks_of, name="blocks_of"),
        path("releases/<slug:code>/", releases.release, name="release"),
        path("releases/<slug:code>/meaning/", interpreting.interpreting, name="interpreting"),
        path("releases/<slug:code>/figures/", service_information.figures, name="figures"),
        path("releases/<slug:code>/sources/", service_information.sources, name="sources"),
        path("releases/<slug:code>/preview/", releases.preview, name="release_preview"),
        path("releases/<slug:code>/test/", intruder_tests.intruder_test, name="intruder_test"),
        path("releases/<slug:code>/quotes/", quotes.release_quotes, name="release_quotes"),
        path("quotes/", quotes.quotes, name="quotes"),
        path("quotes/order/", quotes.quotes_order, name="quotes_order"),
        path("releases/<slug:code>/attack/", attack_report.attack, name="attack_release"),
    ]


@hooks.register("register_admin_urls")
def desk_urls() -> list:
    """The staff screens, below /desk/."""
    urls = [
        *asking_urls(),
        *field_urls(),
        *inspection_urls.urlpatterns,
        *promise_urls(),
        *blockage_urls(),
        *talk_urls(),
        path("pages/", public.pages, name="pages"),
        *report_urls(),
        path("conversations/", booklets.conversations, name="conversations"),
        *release_urls(),
        path("hearing/", hearing.hearings, name="hearings"),
        path("hearing/<uuid:key>/", hearing.hearing, name="hearing"),
        *words_urls(),
        *measure_urls(),
        *worry_urls(),
        path("worries/<uuid:key>/code/", codes.code_ask, name="code_ask"),
        path("codes/", codes.code_openings, name="code_openings"),
        path("codes/<uuid:key>/", codes.code_opening, name="code_opening"),
        path("codes/<uuid:key>/note/", codes.code_note, name="code_note"),
        path("looking/", looking.looking, name="looking"),
        *status_urls(),
        path("texts/", texts.texts, name="texts"),
        path("texts/<uuid:key>/", texts.text, name="text"),
        path("goals/<uuid:key>/", goals.goal, name="goal"),
        path("comments/", moderation.comments, name="comments"),
        path("comments/<uuid:key>/", moderation.comment, name="comment"),
        path("words/", word_lists.word_lists, name="word_lists"),
        path("accounts/", accounts.people, name="accounts"),
        path("accounts/invite/", accounts.invite, name="invite"),
        path("accounts/<int:pk>/", accounts.account, name="account"),
        path("sign-in/", own_sign_in.own_sign_in, name="own_sign_in"),
        path("rota/", rota.rotas, name="rotas"),
        path("rota/<slug:code>/", rota.rota, name="rota"),
    ]
    return [path("work/", include((urls, "desk")))]


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Nobody chooses among pages they do not work on; their titles are for those who do."""
    return pages.filter(pk__in=pages_found_by(request.user).values("pk"))


@hooks.register("register_page_header_buttons")
def workbench_button(page: Page, user, next_url=None, view_name: str = "") -> Iterator[Button]:
    """From a survey's page to its workbench, where routing is chosen."""
    if isinstance(page, SurveyPage) and page.locale_id == Locale.get_default().pk:
        yield Button("Workbench", reverse("desk:workbench", args=[page.pk]), icon_name="edit", priority=5)


hooks.register("after_create_page", advice.advise)
hooks.register("after_edit_page", advice.advise)


for hook in ("before_delete_page", "before_move_page", "before_copy_page"):
    hooks.register(hook, getattr(staying, hook))


@hooks.register("insert_global_admin_css")
def desk_css() -> str:
    """What makes the desk readable, and usable with a thumb."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("construct_homepage_panels", order=1000)
def home_panels(request: HttpRequest, panels: list) -> None:
    """What waits for this person, and nothing that Wagtail puts there."""
    panels[:] = [WhatWaits()]


# Wagtail's own ways to the same places, and to what is nobody's job here; doors.py shuts the addresses.
NOBODYS = {"explorer", "images", "documents", "reports", "settings", "help"}


@hooks.register("construct_main_menu")
def only_jobs(request: HttpRequest, items: list) -> None:
    """The menu is arranged by job."""
    items[:] = [item for item in items if item.name not in NOBODYS]


@hooks.register("register_admin_menu_item")
def surveys_item() -> MenuItem:
    """Ask: the surveys of the area."""
    return _item("Surveys", "surveys", "design.view", "clipboard-list", 100)


@hooks.register("register_admin_menu_item")
def bank_item() -> MenuItem:
    """Ask: the question bank."""
    return _item("Question bank", "bank", "bank.write", "list-ul", 105)


@hooks.register("register_admin_menu_item")
def wordings_item() -> MenuItem:
    """Ask: a wording, tried without saving it."""
    return _item("Try a wording", "wordings", "design.write", "glasses", 107)


@hooks.register("register_admin_menu_item")
def conversations_item() -> MenuItem:
    """Fieldwork of practitioners: the conversations that are open."""
    return _item("Conversations", "conversations", "fieldwork.hold_conversation", "comment", 115)


@hooks.register("register_admin_menu_item")
def together_item() -> MenuItem:
    """Fieldwork of practitioners: scales and goals, with a family."""
    return _item("Together", "together", USE, "group", 116)


@hooks.register("register_admin_menu_item")
def licensed_item() -> MenuItem:
    """Area: the scales it holds under licence."""
    return _item("Licensed scales", "licensed", LOAD, "list-ol", 152)


@hooks.register("register_admin_menu_item")
def hearings_item() -> MenuItem:
    """Hear: what children said who chose this person."""
    return _item("Conversations for me", "hearings", HEAR, "openquote", 117)


@hooks.register("register_admin_menu_item")
def pages_item() -> MenuItem:
    """Tell: the public pages of the area."""
    return _item("Public pages", "pages", "pages.write", "globe", 140)


@hooks.register("register_admin_menu_item")
def reports_item() -> MenuItem:
    """Tell: annual reports, and which wait for a second person."""
    return _item("Annual reports", "annual_reports", APPROVE, "doc-full", 142)


@hooks.register("register_admin_menu_item")
def fieldwork_item() -> MenuItem:
    """Fieldwork: waves and posters."""
    return _item("Fieldwork", "waves", "fieldwork.open_wave", "mail", 110)


@hooks.register("register_admin_menu_item")
def worries_item() -> MenuItem:
    """Worries: what a person must look at."""
    return _item("Worries", "concerns", "safeguarding.read_concern", "warning", 120)


@hooks.register("register_admin_menu_item")
def texts_item() -> MenuItem:
    """Texts to read: every one, within a working day."""
    return _item("Texts to read", "texts", "safeguarding.read_concern", "openquote", 125)


@hooks.register("register_admin_menu_item")
def comments_item() -> MenuItem:
    """Moderate: one comment after another, beside what was written."""
    return _item("Moderate", "comments", DECIDE, "edit", 128)


@hooks.register("register_admin_menu_item")
def words_item() -> MenuItem:
    """Moderate: words that were proposed for the lists of redaction, for another person."""
    return _item("Proposed words", "word_lists", REVIEW, "list-ul", 129)


@hooks.register("register_admin_menu_item")
def looking_item() -> MenuItem:
    """Who has looked: beside the worries."""
    return _item("Who has looked", "looking", SEE_LOOKS, "view", 127)


@hooks.register("register_admin_menu_item")
def codes_item() -> MenuItem:
    """Codes opened: what two people looked up, and what waits for the second."""
    return _item("Codes opened", "code_openings", ASK, "key", 126)


@hooks.register("register_admin_menu_item")
def rota_item() -> MenuItem:
    """Duty rota: who looks at worries first."""
    return _item("Duty rota", "rotas", "safeguarding.plan_duty", "calendar-alt", 122)


@hooks.register("register_admin_menu_item")
def areas_item() -> MenuItem:
    """Area: how it looks, who is called, from how many people on figures are shown."""
    return _item("Area", "areas", "frame.write", "site", 150)


@hooks.register("register_admin_menu_item")
def releases_item() -> MenuItem:
    """Release: figures to check and publish."""
    return _item("Release", "releases", ("releases.view", "releases.view_published"), "table", 130)


@hooks.register("register_admin_menu_item")
def quotes_item() -> MenuItem:
    """Release: quotes that everybody can read, to be recalled."""
    return _item("Quotes", "quotes", RECALL, "openquote", 132)


@hooks.register("register_admin_menu_item")
def order_item() -> MenuItem:
    """Release: which quote comes first, for the care council."""
    return _item("Order of quotes", "quotes_order", ORDER, "order", 133)


@hooks.register("register_admin_menu_item")
def promises_item() -> MenuItem:
    """Tell: promises, of those who make them, answer for them, or doubt them."""
    return _item("Promises", "promises", SEE_PROMISES, "pick", 142)


@hooks.register("register_admin_menu_item")
def inspections_item() -> MenuItem:
    """Inspect: who is let in, and what they look at."""
    return _item("Inspect", "inspections", inspection.ANY_OF, "search", 145)


@hooks.register("register_admin_menu_item")
def accounts_item() -> MenuItem:
    """Accounts: who works here, and as what."""
    return _item("Accounts", "accounts", "accounts.write", "group", 180)


@hooks.register("register_account_menu_item")
def sign_in_item(request: HttpRequest) -> dict[str, str]:
    """Sign-in: one's own phone and recovery codes."""
    return {"url": reverse("desk:own_sign_in"), "label": "Sign-in", "help_text": "Your phone, and recovery codes."}
