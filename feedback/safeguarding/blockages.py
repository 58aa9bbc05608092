"""Which of what was named that gets in the way others than leads may read."""

from __future__ import annotations

from feedback.safeguarding.forgetting import FINISHED
from feedback.safeguarding.models import Concern
from surveys.responses.blockages import NamedBlockageQuerySet


def past_leads(named: NamedBlockageQuerySet) -> NamedBlockageQuerySet:
    """Those that others may read: screened, and no worry about them is open."""
    is_open = Concern.objects.exclude(status__in=FINISHED).values("response_key")
    return named.filter(is_screened=True).exclude(pk__in=is_open)
