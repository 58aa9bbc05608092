"""What the demo's areas decided for themselves: how they look, who is called, and who is on duty."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image, ImageDraw

from feedback.accounts.models import User
from feedback.releases.actions import set_thresholds
from surveys.frame.actions import change_area, set_help_numbers, set_logo
from surveys.frame.models import Area, HelpNumber

DAYS_A_WEEK = 7
# The last days ahead are left free, so that the desk has a gap to show.
DAYS_PLANNED = 12
PAPER = "#fbf7f0"
SIDE = 160


@dataclass(frozen=True)
class OwnSettings:
    """What one area decided."""

    known_as: str
    welcome: str
    accent: str
    contact: tuple[str, str, str]
    help_numbers: tuple[tuple[str, str, str, str], ...]
    languages: tuple[str, ...]
    retention_days: int
    smallest_group: int | None = None


# The numbers are from Ofcom's range for drama: nobody has them.
OWN = {
    "thistledown": OwnSettings(
        known_as="Thistledown listens",
        welcome="Thistledown is small. When you tell us what works and what does not, we notice.",
        accent="#6a3d8f",
        contact=("Thistledown participation team", "ask@thistledown.example", "01632 960 110"),
        help_numbers=(
            ("Thistledown duty team", "01632 960 101", "24/7", ""),
            ("Talk line", "01632 960 103", "16–21", "children"),
        ),
        languages=("en", "cy", "pl", "ro", "ur", "ar", "uk", "so"),
        retention_days=30,
    ),
    "port-wrenley": OwnSettings(
        known_as="Port Wrenley asks",
        welcome="Welcome to Port Wrenley. Whatever the weather, we want to know how it is for you.",
        accent="#0a5d3c",
        contact=("Port Wrenley voice team", "voice@port-wrenley.example", "01632 960 210"),
        help_numbers=(
            ("Port Wrenley duty team", "01632 960 202", "24/7", ""),
            ("Family line", "01632 960 205", "9–17", "adults"),
        ),
        languages=("en", "cy", "pl", "ro", "ur", "ar", "uk"),
        retention_days=60,
        smallest_group=12,
    ),
}


def decide(area: Area, *, year: int, by: User) -> None:
    """Gives an area of the demo what is its own."""
    own = OWN[area.code]
    name, email, phone = own.contact
    changes = {
        "known_as": own.known_as,
        "welcome": own.welcome,
        "accent": own.accent,
        "contact_name": name,
        "contact_email": email,
        "contact_phone": phone,
        "safeguarding_email": f"duty@{area.code}.example",
        "languages": list(own.languages),
        "retention_days": own.retention_days,
    }
    change_area(area, changes, by=by)
    numbers = [HelpNumber(name=n, number=d, hours=h, readers=r) for n, d, h, r in own.help_numbers]
    set_help_numbers(area, numbers, by=by)
    set_logo(area, _logo(own.accent), by=by)
    if own.smallest_group:
        set_thresholds(area, year=year, wanted={"smallest_group": own.smallest_group}, by=by)
    area.refresh_from_db()


def put_on_duty(area: Area, leads: Sequence[User], *, today: date) -> None:
    """Plans the leads of an area in turn."""
    first, second = (lead.username for lead in leads)
    days = [str(today + timedelta(days=n)) for n in (0, DAYS_A_WEEK - 1, DAYS_A_WEEK, DAYS_PLANNED - 1)]
    plan = {"by": first, "stdout": io.StringIO()}
    call_command("plan_duty", area.code, first, *days[:2], deputy=second, **plan)
    call_command("plan_duty", area.code, second, *days[2:], **plan)


def _logo(colour: str) -> ContentFile:
    """A round sign in the area's colour with three waves, as of a sound."""
    picture = Image.new("RGBA", (SIDE, SIDE), "#00000000")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, 0, SIDE - 1, SIDE - 1), fill=colour)
    for inset in (28, 48, 68):
        draw.arc((inset, inset, SIDE - inset, SIDE - inset), 200, 340, fill=PAPER, width=9)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return ContentFile(out.getvalue(), name="logo.png")
