"""What Wagtail lets somebody do with pages, pictures and documents, worked out from their roles each time it asks.

Wagtail would keep this in groups that somebody has to administer. Nothing is kept here, so nothing can disagree with
the table of roles, and a role that ends, ends at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Collection, Locale, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from feedback.accounts.places import area_of, is_shared
from feedback.accounts.roles import roles_with
from surveys.bank.models import QuestionBankPage
from surveys.design.models import AreaSurveysPage, SurveyIndexPage
from surveys.frame.models import Area


@dataclass(frozen=True)
class Named:
    """The name of something Wagtail lets people do, as Django's permissions have one."""

    codename: str


@dataclass(frozen=True)
class OnPages:
    """Somebody may do this to a page and all below it."""

    page: Page
    permission: Named

    @property
    def page_id(self) -> int:
        """The id of the page."""
        return self.page.pk


@dataclass(frozen=True)
class InCollection:
    """Somebody may do this to what is in a collection."""

    collection: Collection
    permission: Named

    @property
    def collection_id(self) -> int:
        """The id of the collection."""
        return self.collection.pk


# The ids of the areas in which somebody holds a role; nothing stands for all of them.
Areas = set[int | None]


def _bank(areas: Areas) -> Iterable[Page]:
    return QuestionBankPage.objects.all()


def _surveys(areas: Areas) -> Iterable[Page]:
    return SurveyIndexPage.objects.all() if None in areas else AreaSurveysPage.objects.filter(area__in=areas)


def _translated_surveys(areas: Areas) -> Iterable[Page]:
    default = Locale.get_default().pk
    return [page for page in _surveys(areas) if page.locale_id != default]


def _homes(areas: Areas) -> Iterable[Page]:
    # The pages' room is above this one, so its model is named by string.
    homes = apps.get_model("pages", "HomePage").objects
    return homes.all() if None in areas else homes.filter(area__in=areas)


DRAFT = ("add", "change", "lock", "unlock")
# Which actions of the table open which pages, for what. Nobody publishes a survey: it is frozen.
PAGES: dict[str, tuple[Callable[[Areas], Iterable[Page]], tuple[str, ...]]] = {
    "bank.write": (_bank, DRAFT),
    "bank.publish": (_bank, ("publish",)),
    "design.write": (_surveys, DRAFT),
    "design.freeze": (_translated_surveys, ("publish",)),
    "pages.write": (_homes, DRAFT),
    "pages.publish": (_homes, ("publish",)),
}
# By the names of the models that Wagtail's settings name for pictures and documents.
UPLOADS = {
    "pages.write": (
        "add_picture",
        "change_picture",
        "choose_picture",
        "add_publicdocument",
        "change_publicdocument",
        "choose_publicdocument",
    ),
    "frame.write": ("add_picture", "change_picture", "choose_picture"),
}


def granted_pages(user) -> Iterator[OnPages]:
    """What a person may do to which pages today."""
    held = user.held_today()
    for permission, (trees, actions) in PAGES.items():
        for page in trees(held[permission]) if permission in held else ():
            yield from (OnPages(page, Named(f"{action}_page")) for action in actions)


def granted_collections(user) -> Iterator[InCollection]:
    """What a person may do to which pictures and documents today: those of their areas."""
    held = user.held_today()
    for permission, codenames in UPLOADS.items():
        for collection in _collections(held[permission]) if permission in held else ():
            yield from (InCollection(collection, Named(codename)) for codename in codenames)


def _collections(areas: Areas) -> Iterable[Collection]:
    if None in areas:
        return [Collection.get_first_root_node()]
    return [collection_of(area) for area in Area.objects.filter(pk__in=areas)]


def collection_of(area: Area) -> Collection:
    """Where an area's pictures and documents lie, named by its code; made when it is first needed."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=area.code).first() or root.add_child(instance=Collection(name=area.code))


def people_with(permissions: Iterable[str], *, where: Any = None) -> QuerySet:
    """Everybody who may do one of these today, where a thing belongs; anywhere if nothing is named."""
    today, roles = timezone.localdate(), {role for permission in permissions for role in roles_with(permission)}
    held = Q(roles_held__role__in=roles, roles_held__since__lte=today) & (
        Q(roles_held__until=None) | Q(roles_held__until__gte=today)
    )
    if where is not None and not is_shared(where):
        held &= Q(roles_held__area=None) | Q(roles_held__area=area_of(where))
    return get_user_model().objects.filter(held, is_active=True).distinct()


class PageRights(PagePermissionPolicy):
    """Answers Wagtail what somebody may do to pages."""

    def get_all_permissions_for_user(self, user) -> list[OnPages]:
        """What the roles held today grant."""
        return [] if user.is_anonymous or not user.is_active else list(granted_pages(user))

    def users_with_any_permission(self, actions, include_superusers: bool = True) -> QuerySet:
        """Who may do one of these to some page."""
        return people_with(_permissions_for(actions))

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers: bool = True) -> QuerySet:
        """Who may do one of these to this page."""
        return people_with(_permissions_for(actions), where=instance)


def works_on_page(user, number: int) -> bool:
    """Whether somebody may do something to this page; what is not there is there for nobody, and harms nobody."""
    path = Page.objects.filter(pk=number).values_list("path", flat=True).first()
    granted = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return path is None or any(path.startswith(one.page.path) for one in granted)


def finds_page(user, number: int) -> bool:
    """Whether somebody works on this page, or passes it on the way there."""
    return pages_found_by(user).filter(pk=number).exists()


def home_pages_of(user) -> list[Page]:
    """The home pages that somebody writes, the highest first."""
    areas = user.held_today().get("pages.write")
    return sorted(_homes(areas), key=lambda page: page.path) if areas else []


def pages_found_by(user) -> PageQuerySet:
    """The pages somebody works on, and those above them on the way there."""
    return policy_registry.get_by_type(Page).explorable_instances(user)


def _permissions_for(actions: Iterable[str]) -> list[str]:
    return [permission for permission, (_, granted) in PAGES.items() if set(actions) & set(granted)]


class UploadRights(CollectionOwnershipPermissionPolicy):
    """Answers Wagtail what somebody may do to pictures and documents."""

    def get_all_permissions_for_user(self, user) -> list[InCollection]:
        """What the roles held today grant."""
        return [] if user.is_anonymous or not user.is_active else list(granted_collections(user))

    def users_with_any_permission(self, actions) -> QuerySet:
        """Who may do one of these to some picture or document."""
        return people_with(UPLOADS)
