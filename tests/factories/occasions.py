"""Two waves that one card opens, and cards for both times."""

from datetime import timedelta

from django.utils import timezone

from feedback.accounts.roles import Role
from surveys.fieldwork.models import Wave
from surveys.fieldwork.occasion_actions import invite_twice
from surveys.fieldwork.occasions import OccasionPack
from tests.factories import asking
from tests.factories.people import staff


def pack(of=None, **fields):
    """A pack in the field, with short surveys of any kind."""
    of = of or asking.area()
    before, after = (asking.open_wave(of=of, code=f"{of.code}-{side}") for side in ("before", "after"))
    Wave.objects.filter(pk__in=[before.pk, after.pk]).update(needs_card=True)
    return OccasionPack.objects.create(
        occasion="conference",
        area=of,
        before_survey=before.edition.survey,
        after_survey=after.edition.survey,
        before=Wave.objects.get(pk=before.pk),
        after=Wave.objects.get(pk=after.pk),
        **fields,
    )


def cards(of, many=10, **fields):
    """The codes of some cards."""
    fields = {"expires_on": timezone.localdate() + timedelta(days=30), **fields}
    return invite_twice(of, cards=many, by=staff("officer", Role.PARTICIPATION_OFFICER), **fields)
