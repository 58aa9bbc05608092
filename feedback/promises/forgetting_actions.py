"""What stays in public of somebody who answered for something, once their account is erased: the name of their role."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from wagtail.log_actions import log

from feedback.accounts.roles import Role, roles_with
from feedback.promises.blockages import Blockage
from feedback.promises.models import OWN, Promise

# Everybody who can own a promise, as children may be told of them.
TEAMS: Mapping[str, str] = {
    Role.PARTICIPATION_OFFICER: "The participation team",
    Role.PRACTITIONER: "The team of social workers",
    Role.SAFEGUARDING_LEAD: "The safeguarding team",
    Role.BOARD_ANALYST: "The board’s team",
    Role.BOARD_OFFICER: "The board’s team",
}
NO_ROLE = "Those who work here"


@transaction.atomic
def forget_owner(account, *, by=None) -> None:
    """Puts the name of a role in the place of how somebody was shown, in all they own of promises and of the board.

    Nobody can tell a name from the name of a post, so both go. `by` is empty when the console or the sweep does it.
    """
    held = list(account.roles_held.filter(role__in=roles_with(OWN)).order_by("since", "pk"))
    for model in (Promise, Blockage):
        owned = model.objects.select_for_update(of=("self",)).select_related("area__merged_into")
        for one in owned.filter(owner=account):
            one.shown_as = _team(held, one)
            one.save(update_fields=["shown_as"])
            log(one, "promises.forget_owner", user=by, data={"shown_as": one.shown_as})


def _team(held: list, owned: Promise | Blockage) -> str:
    """That of the last role with which they could own it; a role everywhere counts where none is of its area."""
    own = [one for one in held if one.area_id in (owned.area_id, owned.area.merged_into_id) and one.area_id]
    some = own or [one for one in held if one.area_id is None]
    return TEAMS[some[-1].role] if some else NO_ROLE
