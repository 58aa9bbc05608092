"""How many have answered in a wave and who is missing, as those who ask may see it; and the days of a wave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import date as written
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feedback.anonymisation.reminder_actions import send_reminder
from feedback.anonymisation.turnout import Part, turnout_of
from feedback.anonymisation.turnout_words import answered, how_many, of_how_many, what_it_means, who_is_missing
from surveys.fieldwork.models import Reminder, Wave
from surveys.fieldwork.plan_actions import plan_days
from surveys.fieldwork.policies import DAYS_BEFORE, reminder_due

SEE = "fieldwork.open_wave"


@dataclass(frozen=True)
class Bar:
    """A bar of a hundred: how much is filled, and up to where it may reach."""

    filled: int
    reach: int


@dataclass(frozen=True)
class Row:
    """One part of a wave in words, with its bar."""

    name: str
    answered: str
    could: str
    asked: str
    bar: Bar | None


@never_cache
@require_safe
def response(request: HttpRequest, code: str) -> HttpResponse:
    """How many have answered of those who could be asked, part by part, and who is missing."""
    mine = Wave.objects.visible_to(request.user, SEE)
    wave = get_object_or_404(mine.select_related("area", "edition__survey"), code=code)
    if not request.user.has_perm(SEE, wave):
        raise PermissionDenied("Your role does not include this.")
    turnout = turnout_of(wave)
    parts = {"Teams": turnout.services, "Steps of the journey": turnout.stages, "Steps within a team": turnout.both}
    context = {
        "wave": wave,
        "turnout": turnout,
        "whole": _row(turnout.whole),
        "means": what_it_means(turnout.whole),
        "tables": [(title, [_row(part) for part in found]) for title, found in parts.items() if found],
        "missing": who_is_missing(turnout),
        "without": how_many(turnout.without_service) if turnout.without_service else "",
        "days": days_of(wave),
    }
    return render(request, "desk/response.html", context)


def _row(part: Part) -> Row:
    share = f", at least {part.told.percent} %" if part.told and part.told.at_least and part.told.percent else ""
    return Row(part.name, f"{how_many(part.told)}{share}", of_how_many(part), asked_by(part), _bar(part))


def _bar(part: Part) -> Bar | None:
    """Nothing where there is no size to draw against."""
    if part.told is None or part.counted is None or part.told.is_beyond or not part.counted.children:
        return None
    reach = part.told.at_least or part.told.fewer
    return Bar(_hundredths(part.told.at_least, part), _hundredths(reach, part))


def _hundredths(number: int, part: Part) -> int:
    return min(100, 100 * number // part.counted.children)


def asked_by(part: Part) -> str:
    """How people were asked: cards, of which how many were used, and posters."""
    found = [f"{part.links} poster{'s' if part.links != 1 else ''}"] if part.links else []
    if part.cards:
        used = f"{how_many(part.cards_used)} used" if part.cards_used else "too few to say how many were used"
        found.insert(0, f"{part.cards} card{'s' if part.cards != 1 else ''}, {used}")
    return "; ".join(found) or "no card, no poster"


def summary_of(wave: Wave) -> dict[str, str]:
    """The same for the page of a wave, with its cards."""
    turnout = turnout_of(wave)
    cards = f"{asked_by(turnout.whole)}." if turnout.whole.cards else "No cards yet."
    return {"answered": answered(turnout), "cards": cards}


def days_of(wave: Wave) -> str:
    """From when until when, and how long that is."""
    if wave.status == Wave.Status.CLOSED:
        return f"It was open from {written(wave.opened_on, 'j F Y')} to {written(wave.closed_on, 'j F Y')}."
    if wave.status == Wave.Status.PLANNED:
        begins = f"opens by itself on {written(wave.opens_on, 'j F Y')}" if wave.opens_on else "is opened by hand"
        ends = f"its last day is {written(wave.ends_on, 'j F Y')}" if wave.ends_on else "it is closed by hand"
        return f"It {begins}; {ends}."
    return f"Open since {written(wave.opened_on, 'j F Y')}. {left_of(wave)}"


def ends_soon(wave: Wave) -> bool:
    """Whether it is time to look who is missing: from two weeks before the last day on."""
    left = wave.days_left(timezone.localdate())
    return left is not None and left <= DAYS_BEFORE[Reminder.Step.TWO_WEEKS]


def reminder_to_send(wave: Wave) -> str:
    """The reminder that is due and was not sent, in words; nothing where there is none."""
    step = reminder_due(wave, timezone.localdate())
    if step is None or wave.reminders.filter(step=step).exists():
        return ""
    return Reminder.Step(step).label


def remind(request: HttpRequest, wave: Wave) -> None:
    """Sends the reminder that is due now."""
    send_reminder(wave, by=request.user)


def left_of(wave: Wave) -> str:
    """How long it goes on."""
    left = wave.days_left(timezone.localdate())
    if left is None:
        return "No last day is planned: it is closed by hand, and nobody is reminded."
    last = written(wave.ends_on, "j F Y")
    if left < 0:
        return f"Its last day was {last}. Close it."
    if left == 0:
        return f"Today, {last}, is its last day."
    return f"Its last day is {last}: {left} day{'s' if left != 1 else ''} left."


def keep_days(request: HttpRequest, wave: Wave) -> None:
    """Keeps the days that were typed."""
    opens_on, ends_on = (_day(request.POST.get(name, "")) for name in ("opens_on", "ends_on"))
    plan_days(wave, opens_on=opens_on, ends_on=ends_on, by=request.user)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError as problem:
        raise ValidationError("Write each day like 2026-12-24, or leave it empty.") from problem
