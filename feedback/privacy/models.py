"""What an installation knows of itself: which programs ran, what administrators were told of; nothing of a child."""

from django.db import models


class ProgramRun(models.Model):
    """When one of the programs that must run again and again last ended well."""

    class Privacy:
        personal = {}
        plain = {"program", "ended_at"}

    program = models.CharField(primary_key=True, max_length=40)
    ended_at = models.DateTimeField()


class Trouble(models.Model):
    """A cause for which administrators were told something, until it is over."""

    class Privacy:
        personal = {}
        plain = {"code", "since", "told"}

    code = models.CharField(primary_key=True, max_length=60)
    since = models.DateField()
    # How many mail servers took; none means that it is tried again.
    told = models.PositiveIntegerField(default=0)


class Failure(models.Model):
    """How often something failed that nobody was there to see, and on which day last."""

    class Privacy:
        personal = {}
        plain = {"what", "many", "last_on"}

    what = models.CharField(primary_key=True, max_length=20)
    many = models.PositiveIntegerField(default=0)
    last_on = models.DateField()
