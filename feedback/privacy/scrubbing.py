"""What of each table may be in a copy for a laptop: nothing, everything, or some fields made empty.

Our records say it beside their fields (`class Privacy: scrub`); of everybody else's the table below does. What neither
of them names is not copied at all: the command refuses, and a guard fails before that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db.models import Field, Model

from feedback.privacy.inventory import OURS, name_of, our_models

ROWS, WHOLE = "rows", "whole"
HARMLESS = "harmless: "
Scrub = str | dict[str, str]

# Tables of applications all of whose rows are about somebody: sign-ins, second factors, sessions.
ABOUT_STAFF = {"sessions", "axes", "otp_totp", "otp_static", "otp_hotp", "otp_email", "otp_webauthn", "admin"}
ABOUT_STAFF |= {"django_otp_webauthn"}

THEIRS: dict[str, Scrub] = {
    "auth.Permission": WHOLE,
    "auth.Group": WHOLE,
    "contenttypes.ContentType": WHOLE,
    "taggit.Tag": WHOLE,
    "taggit.TaggedItem": WHOLE,
    "wagtailadmin.Admin": WHOLE,
    "wagtailadmin.EditingSession": ROWS,
    "wagtailadmin.FormState": ROWS,
    "wagtailcore.APIToken": ROWS,
    "wagtailcore.Collection": WHOLE,
    "wagtailcore.CollectionViewRestriction": {"password": "blank"},
    "wagtailcore.Comment": ROWS,
    "wagtailcore.CommentReply": ROWS,
    "wagtailcore.GroupApprovalTask": WHOLE,
    "wagtailcore.GroupCollectionPermission": WHOLE,
    "wagtailcore.GroupPagePermission": WHOLE,
    "wagtailcore.GroupSitePermission": WHOLE,
    "wagtailcore.Locale": WHOLE,
    "wagtailcore.ModelLogEntry": ROWS,
    "wagtailcore.Page": WHOLE,
    "wagtailcore.PageLogEntry": ROWS,
    "wagtailcore.PageSubscription": ROWS,
    "wagtailcore.PageViewRestriction": {"password": "blank"},
    "wagtailcore.ReferenceIndex": WHOLE,
    "wagtailcore.Revision": {"content": "without_comments"},
    "wagtailcore.Site": WHOLE,
    "wagtailcore.Task": WHOLE,
    "wagtailcore.TaskState": {"comment": "blank"},
    "wagtailcore.UploadedFile": ROWS,
    "wagtailcore.Workflow": WHOLE,
    "wagtailcore.WorkflowContentType": WHOLE,
    "wagtailcore.WorkflowPage": WHOLE,
    "wagtailcore.WorkflowState": WHOLE,
    "wagtailcore.WorkflowTask": WHOLE,
    "wagtaildocs.Document": WHOLE,
    "wagtailimages.Image": WHOLE,
    # Made anew from the images, and by update_index.
    "wagtailimages.Rendition": ROWS,
    "wagtailsearch.IndexEntry": ROWS,
    "wagtailsearch.SQLiteFTSIndexEntry": ROWS,
    "wagtailusers.UserProfile": ROWS,
}


def _without_comments(value: Any) -> Any:
    """An earlier state of a page, without what people said about it."""
    if isinstance(value, dict):
        return {key: [] if key == "wagtail_admin_comments" else _without_comments(v) for key, v in value.items()}
    return [_without_comments(one) for one in value] if isinstance(value, list) else value


def _number(field: Field, pk: Any) -> str:
    return f"account-{pk}@example.org" if field.name == "email" else f"account-{pk}"


RULES = {
    "blank": lambda field, value, pk: "",
    "number": lambda field, value, pk: _number(field, pk),
    "none": lambda field, value, pk: None,
    "unusable": lambda field, value, pk: make_password(None),
    "without_comments": lambda field, value, pk: _without_comments(value),
}


def scrub_of(model: type[Model]) -> Scrub | None:
    """What of a record's table may be in a copy; nothing where nobody has said it."""
    if model._meta.auto_created:
        return _of_both_ends(model)
    if model.__module__.startswith(OURS):
        return getattr(model.Privacy, "scrub", None) if model.Privacy.personal else WHOLE
    if model._meta.app_label in ABOUT_STAFF:
        return ROWS
    return THEIRS.get(model._meta.label)


def _of_both_ends(model: type[Model]) -> Scrub:
    ends = [field.related_model for field in model._meta.fields if field.is_relation]
    return ROWS if any(scrub_of(end) == ROWS for end in ends) else WHOLE


def scrubbed(field: Field, value: Any, pk: Any, *, scrub: Scrub) -> Any:
    """One value as it may be in a copy."""
    rule = scrub.get(field.name) if isinstance(scrub, dict) else None
    return value if rule is None or rule.startswith(HARMLESS) else RULES[rule](field, value, pk)


def tables() -> list[type[Model]]:
    """The model of every table of the installation."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def undecided() -> Iterator[str]:
    """A sentence for every table and personal field of which nobody has said what a copy may hold."""
    for model in tables():
        scrub = scrub_of(model)
        if scrub is None:
            yield f"{model._meta.label} has no rule: give it one in class Privacy, or in feedback.privacy.scrubbing."
        elif scrub not in (ROWS, WHOLE) and not isinstance(scrub, dict):
            yield f"{model._meta.label} has the rule {scrub!r}, which is not known."
    for model in our_models():
        if model.Privacy.personal and isinstance(scrub := scrub_of(model), dict):
            yield from _fields_without_a_rule(model, scrub)


def _fields_without_a_rule(model: type[Model], scrub: dict[str, str]) -> Iterator[str]:
    for field in model.Privacy.personal:
        rule = scrub.get(field, "")
        if rule not in RULES and not (rule.startswith(HARMLESS) and len(rule) > len(HARMLESS)):
            yield f"{name_of(model)}.{field} is personal and has no rule in its scrub."
