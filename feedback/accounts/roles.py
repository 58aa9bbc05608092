"""One table says which role may do what; everything else asks it."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """The roles of staff and care council members."""

    CARE_COUNCIL_MEMBER = "care_council_member", "Care council member"
    PARTICIPATION_OFFICER = "participation_officer", "Participation officer"
    PRACTITIONER = "practitioner", "Practitioner"
    SAFEGUARDING_LEAD = "safeguarding_lead", "Safeguarding lead"
    MODERATOR = "moderator", "Moderator"
    BOARD_ANALYST = "board_analyst", "Board analyst"
    OUTPUT_CHECKER = "output_checker", "Output checker"
    BOARD_OFFICER = "board_officer", "Board officer"
    INSPECTOR = "inspector", "Inspector"
    NATIONAL_OVERSEER = "national_overseer", "National overseer"
    ADMINISTRATOR = "administrator", "Administrator"


PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.CARE_COUNCIL_MEMBER: frozenset({"bank.write", "design.view", "design.write", "design.submit"}),
    Role.PARTICIPATION_OFFICER: frozenset(
        {
            "bank.write",
            "design.view",
            "design.write",
            "design.submit",
            "design.freeze",
            "fieldwork.plan_wave",
            "fieldwork.open_wave",
            "fieldwork.close_wave",
            "fieldwork.make_link",
            "fieldwork.invite",
            "fieldwork.key_booklet",
            "responses.import",
        }
    ),
    Role.PRACTITIONER: frozenset(),
    Role.SAFEGUARDING_LEAD: frozenset(
        {
            "safeguarding.read_concern",
            "safeguarding.close_concern",
            "safeguarding.read_contact",
            "safeguarding.close_contact",
            "safeguarding.reply",
            "safeguarding.plan_duty",
        }
    ),
    Role.MODERATOR: frozenset(),
    Role.BOARD_ANALYST: frozenset({"releases.propose", "releases.view"}),
    Role.OUTPUT_CHECKER: frozenset(
        {"releases.view", "releases.approve", "releases.return", "releases.publish", "releases.withdraw"}
    ),
    Role.BOARD_OFFICER: frozenset({"releases.view"}),
    Role.INSPECTOR: frozenset(),
    Role.NATIONAL_OVERSEER: frozenset({"releases.view"}),
    Role.ADMINISTRATOR: frozenset({"accounts.write", "design.view", "frame.write"}),
}


# Everybody who works here may come to the desk; what they find there depends on their role.
ENTER_THE_DESK = "wagtailadmin.access_admin"


def roles_with(permission: str) -> list[Role]:
    """The roles that carry a permission."""
    if permission == ENTER_THE_DESK:
        return list(Role)
    return [role for role, granted in PERMISSIONS.items() if permission in granted]
