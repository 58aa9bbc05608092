"""What of a member of staff lies outside their account, and whose accounts have ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from feedback.privacy.inventory import OURS, our_models
from feedback.privacy.scrubbing import ABOUT_STAFF, ROWS, scrub_of
from surveys.frame.policies import NotAllowed

# After the last role has ended: somebody may still ask what was done, and come back.
DAYS_AFTER_THE_LAST_ROLE = 365
# What they said about a page stays beside the page, under the number, and so does the log.
STAYS = {"wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry"}


def belongings(account) -> Iterator[QuerySet]:
    """Rows that are about this person and nothing else: second factors, sessions, profile, failed sign-ins."""
    for model in apps.get_models():
        if model.__module__.startswith(OURS) or scrub_of(model) != ROWS or model._meta.label in STAYS:
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is type(account):
                yield QuerySet(model).filter(**{field.name: account})
            elif field.name == "username" and model._meta.app_label in ABOUT_STAFF:
                yield QuerySet(model).filter(username=account.get_username())
    yield Session.objects.filter(pk__in=list(_sessions(account)))


def _sessions(account) -> Iterator[str]:
    for session in Session.objects.all().iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            yield session.pk


def blank_what_was_said_of(account) -> None:
    """Empties what others wrote about this person; what they wrote about their work stays beside the work."""
    for model in our_models():
        scrub = scrub_of(model)
        if isinstance(scrub, dict) and "user" in scrub:
            blank = {field: "" for field, rule in scrub.items() if rule == "blank"}
            if blank:
                QuerySet(model).filter(user=account).update(**blank)


def end_roles(account) -> None:
    """Every role that has not ended yet ended yesterday; one that begins later never began."""
    yesterday = timezone.localdate() - timedelta(days=1)
    account.roles_held.filter(since__gt=yesterday).delete()
    account.roles_held.filter(Q(until=None) | Q(until__gt=yesterday)).update(until=yesterday)


def accounts_that_ended(today: date) -> QuerySet:
    """Those whose last role ended a year ago, and those who never had one and have not come for a year."""
    limit = today - timedelta(days=DAYS_AFTER_THE_LAST_ROLE)
    accounts = get_user_model().objects.filter(is_superuser=False).exclude(username=_forgotten_name())
    lasting = Q(roles_held__until=None, roles_held__isnull=False) | Q(roles_held__until__gt=limit)
    kept = get_user_model().objects.filter(lasting).values("pk")
    unused = Q(roles_held__isnull=True, date_joined__date__gt=limit) | Q(last_login__date__gt=limit)
    return accounts.exclude(pk__in=kept).exclude(pk__in=get_user_model().objects.filter(unused).values("pk"))


def _forgotten_name() -> Concat:
    return Concat(Value("account-"), Cast("pk", CharField()))


def forgotten_accounts() -> Iterable[int]:
    """The numbers of the accounts that have no name any more."""
    return get_user_model().objects.filter(username=_forgotten_name()).values_list("pk", flat=True)


def still_named(numbers: Iterable[int]) -> list:
    """Those of these accounts that have a name."""
    return list(get_user_model().objects.filter(pk__in=list(numbers)).exclude(username=_forgotten_name()))


def account_named(username: str):
    """The account of this name, or a sentence that there is none."""
    account = get_user_model().objects.filter(username=username).first()
    if account is None:
        raise NotAllowed(f"There is no account {username!r}.")
    return account
