"""Staff with a role."""

import time
from datetime import date

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import Role


def staff(username, role=Role.ADMINISTRATOR, *, area=None, since=date(2020, 1, 1)):
    """Somebody who holds this role, nationally unless an area is named."""
    person, _ = User.objects.get_or_create(username=username, defaults={"is_staff": True})
    RoleHeld.objects.get_or_create(user=person, role=role, area=area, since=since)
    return person


def at_desk(client, person):
    """A browser of somebody who showed their password and a second factor a moment ago."""
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    device, _ = TOTPDevice.objects.get_or_create(user=person, name="App")
    client.force_login(person, backend="feedback.accounts.backends.RoleBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.update({"began": time.time(), "seen": time.time(), "shared_computer": False})
    session.save()
    return client
