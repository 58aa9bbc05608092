from django.db.models import Q
from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.query import PageQuerySet

from cms.desk import advice, areas, booklets, cards, contacts, paper, rota, texts, views
from surveys.design.models import SurveyPage


class JobMenuItem(MenuItem):
    """A job in the menu, shown to those whose role it is."""

    def __init__(self, label: str, url: str, *, permission: str, icon_name: str, order: int) -> None:
        super().__init__(label, url, icon_name=icon_name, order=order)
        self.permission = permission

    def is_shown(self, request) -> bool:
        """Whether a role of theirs carries the job's permission."""
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_urls")
def desk_urls() -> list:
    """The staff screens, below /desk/."""
    urls = [
        path("releases/", views.releases, name="releases"),
        path("releases/<slug:code>/", views.release, name="release"),
        path("worries/", views.concerns, name="concerns"),
        path("worries/<uuid:key>/", views.concern, name="concern"),
        path("worries/asked/<uuid:key>/", contacts.contact, name="contact"),
        path("texts/", texts.texts, name="texts"),
        path("texts/<uuid:key>/", texts.text, name="text"),
        path("rota/", rota.rotas, name="rotas"),
        path("rota/<slug:code>/", rota.rota, name="rota"),
        path("areas/", areas.areas, name="areas"),
        path("areas/<slug:code>/", areas.area, name="area"),
        path("waves/", views.waves, name="waves"),
        path("waves/<slug:code>/", views.wave, name="wave"),
        path("waves/<slug:code>/cards/", cards.cards, name="cards"),
        path("waves/<slug:code>/booklet/<slug:language>/", booklets.booklet, name="booklet"),
        path("waves/<slug:code>/paper/", paper.paper, name="paper"),
        path("waves/<slug:code>/paper/key/", paper.key, name="paper_key"),
        path("waves/<slug:code>/paper/settle/", paper.settle, name="paper_settle"),
    ]
    return [path("work/", include((urls, "desk")))]


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Whoever has no pages to work on chooses none; the title of a survey is for those of its area."""
    if request.user.is_superuser:
        return pages
    if not request.user.has_perm("design.view"):
        return pages.none()
    mine = SurveyPage.objects.visible_to(request.user, "design.view")
    return pages.filter(~pages.type_q(SurveyPage) | Q(pk__in=mine.values("pk")))


hooks.register("after_create_page", advice.advise)
hooks.register("after_edit_page", advice.advise)


def _item(label: str, name: str, permission: str, icon: str, order: int) -> JobMenuItem:
    return JobMenuItem(label, reverse(f"desk:{name}"), permission=permission, icon_name=icon, order=order)


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
def rota_item() -> MenuItem:
    """Duty rota: who looks at worries first."""
    return _item("Duty rota", "rotas", "safeguarding.plan_duty", "calendar-alt", 127)


@hooks.register("register_admin_menu_item")
def areas_item() -> MenuItem:
    """Area: how it looks, who is called, from how many people on figures are shown."""
    return _item("Area", "areas", "frame.write", "site", 150)


@hooks.register("register_admin_menu_item")
def releases_item() -> MenuItem:
    """Release: figures to check and publish."""
    return _item("Release", "releases", "releases.view", "table", 130)
