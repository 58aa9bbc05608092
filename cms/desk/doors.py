"""Which of Wagtail's own addresses are open to whom. What is not named here is shut, whatever Wagtail adds to itself.

Ours check for themselves. Wagtail's mostly ask what somebody may do to pages, which follows from their roles, but some
show names and titles to everybody who may come in: reports, choosers, usages, users, sites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied

from feedback.accounts.rights import finds_page, works_on_page

# For everybody who may come to the desk: to come, to look after their account, and to go.
EVERYBODY = {
    "",
    "wagtailadmin_home",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_account",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_dismissibles",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
}
WORK_ON_PAGES = ("bank.write", "design.write", "pages.write")
UPLOAD = ("pages.write", "frame.write")
# Where names begin alike they are open alike; the longest beginning decides, and nobody's are shut to all.
ROOMS: dict[str, tuple[str, ...]] = {
    "wagtailadmin_explore": WORK_ON_PAGES,
    "wagtailadmin_pages:": WORK_ON_PAGES,
    "wagtailadmin_choose_page": WORK_ON_PAGES,
    "wagtailadmin_editing_sessions:": WORK_ON_PAGES,
    "wagtailadmin_block_preview": WORK_ON_PAGES,
    "wagtailadmin_api:pages:": WORK_ON_PAGES,
    "wagtailimages": UPLOAD,
    "wagtaildocs": UPLOAD,
    "wagtailadmin_tag_autocomplete": UPLOAD,
    # They list pages of all areas, or hide one behind a password of their own.
    "wagtailadmin_pages:type_use": (),
    "wagtailadmin_pages:set_privacy": (),
}
# Only to find the way to what one works on; there a page above it may be named as well.
ON_THE_WAY = (
    "wagtailadmin_explore",
    "wagtailadmin_choose_page",
    "wagtailadmin_api:pages:",
    "wagtailadmin_pages:search",
)
PAGE_IN_ADDRESS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
PAGE_ASKED_FOR = ("id", "target_pages[]")


class Doors:
    """Shuts what a person's roles do not open, before Wagtail is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers as the rest does."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Lets them in, or says that this is not theirs."""
        match = request.resolver_match
        if not match or not _is_of_the_desk(match.route) or request.user.is_anonymous:
            return None
        # The flag opens every door in Wagtail, and no role stands behind it.
        request.user.is_superuser = False
        if not view.__module__.startswith("wagtail."):
            return None
        is_open = may_enter(request.user, match.view_name) and all(
            may_see_page(request.user, match.view_name, number) for number in _pages(request, kwargs)
        )
        return None if is_open else permission_denied(request)


def _is_of_the_desk(route: str) -> bool:
    return route.startswith("desk/")


def may_enter(user, name: str) -> bool:
    """Whether an address of Wagtail's is open to somebody by its name."""
    if name in EVERYBODY:
        return True
    room = max((room for room in ROOMS if name.startswith(room)), key=len, default=None)
    return room is not None and any(user.has_perm(permission) for permission in ROOMS[room])


def may_see_page(user, name: str, number: int) -> bool:
    """Whether a page that an address names is one this person works on, or lies on the way there."""
    return finds_page(user, number) if name.startswith(ON_THE_WAY) else works_on_page(user, number)


def _pages(request: HttpRequest, kwargs: dict) -> Iterator[int]:
    """The ids of the pages that an address names."""
    yield from (kwargs[name] for name in PAGE_IN_ADDRESS if name in kwargs)
    if request.resolver_match.view_name == "wagtailadmin_pages:revisions_compare":
        yield int(kwargs["pk"])
    if request.resolver_match.view_name.startswith("wagtailadmin_choose_page"):
        asked = [value for name in PAGE_ASKED_FOR for value in request.GET.getlist(name)]
        # What is no number is no page anybody works on.
        yield from (int(value) if value.isascii() and value.isdigit() and len(value) < 19 else -1 for value in asked)
