"""Says how many children a part of the frame holds: never a number without its source and its day."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.frame.models import Area, JourneyStage, Service, Stratum
from surveys.frame.policies import NotAllowed, check_service_is_of_area


@transaction.atomic
def say_count(
    area: Area,
    *,
    audience: str,
    children: int,
    source: str,
    counted_on: date,
    service: Service | None = None,
    stage: JourneyStage | None = None,
    by,
) -> Stratum:
    """Keeps a count; the same part counted on the same day is put right, an older count stays beside it."""
    if not by.has_perm("frame.write", area):
        raise PermissionDenied("Only an administrator of this area may do this.")
    check_service_is_of_area(service, area)
    if counted_on > timezone.localdate():
        raise NotAllowed("The day of counting is still to come. Say the day on which it was counted.")
    Area.objects.select_for_update().get(pk=area.pk)
    place = {"area": area, "service": service, "stage": stage, "audience": audience, "counted_on": counted_on}
    stratum = Stratum.objects.filter(**place).first() or Stratum(**place)
    stratum.children, stratum.source = children, source
    stratum.full_clean()
    stratum.save()
    log(area, "frame.say_count", user=by, data={"audience": audience, "counted_on": str(counted_on)})
    return stratum
