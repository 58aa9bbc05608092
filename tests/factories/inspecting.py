"""An area-year whose figures are published, and people of an inspection there."""

from datetime import timedelta

from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import close_quarter, put_in_block
from feedback.disclosure.blocks import Quarter
from feedback.inspection.actions import give_grant
from feedback.inspection.models import Grant
from feedback.releases.actions import release_through
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded
from tests.factories.people import staff

ITEMS = ("listened", "helped", "safer", "told", "asked", "kept", "again")


def edition_of(area):
    """Seven questions with three options each, and one where several can be chosen."""
    items = [asking.closed_item(code, "yes", "sometimes", "no") for code in ITEMS]
    several = asking.closed_item("who", "mum", "dad", "nobody", kind=asking.Kind.MULTI)
    return asking.edition(*items, several, asking.text_item("words"), of=area)


def answers(die):
    """Something for each question."""
    return {code: die.choice(["yes", "sometimes", "no"]) for code in ITEMS} | {"who": ["mum", "dad"]}


def closed_year(area, *, n=120, year=2025):
    """So many people's answers of a year, all in a block; its figures are not made, which takes longer."""
    edition = answered_year(area, n=n, year=year)
    put_in_block(area, quarters=[f"{year}Q2"], by=analyst())
    close_quarter(area, quarter=Quarter(year, 4), by=analyst())
    return edition


def published_year(area, *, n=120, year=2025):
    """The same with figures, and they are published."""
    edition = answered_year(area, n=n, year=year)
    release_through(Quarter(year, 4), area=area, proposed_by=analyst(), approved_by=checker())
    return edition


def answered_year(area, *, n, year):
    """So many people's answers of a year, at two steps of the journey."""
    edition = edition_of(area)
    for place, stage in enumerate(("plan", "leaving")):
        asking.stage(stage)
        coded(edition, area, quarter=f"{year}Q2", n=n // 2 + (n % 2) * place, stage=stage, answers=answers)
    return edition


def inspector(area, name="inspector"):
    """Somebody who holds the role in an area."""
    return staff(name, Role.INSPECTOR, area=area)


def granted(area, *, of=None, inspection="Joint visit", days=(0, 10)):
    """An inspection of an area: its inspector may come from a day to a day, counted from today."""
    today = timezone.localdate()
    since, until = (today + timedelta(days=n) for n in days)
    return give_grant(
        of or inspector(area), area=area, inspection=inspection, since=since, until=until,
        by=staff("board", Role.BOARD_OFFICER, area=area),
    )  # fmt: skip


def moved(grant, *, days):
    """The same inspection on other days, counted from today: also on days that are over."""
    today = timezone.localdate()
    since, until = (today + timedelta(days=n) for n in days)
    Grant.objects.filter(pk=grant.pk).update(since=since, until=until)
    grant.refresh_from_db()
    return grant
