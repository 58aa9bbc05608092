"""What people do with themes: name them, put comments to them, merge and end them, confirm them as a second person."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.chunks import Chunk
from feedback.anonymisation.comments import Comment
from feedback.anonymisation.themes import (
    CONFIRM_THEME,
    FEWEST,
    LONGEST_DESCRIPTION,
    NAME_THEME,
    CommentTheme,
    ThemedComment,
    may_be_themed,
    people_behind,
    support_of,
)
from feedback.anonymisation.theming import ReadComment, comments_of, comments_to_sort, proposed_chunks
from feedback.disclosure.claims import claim_in
from surveys.bank.themes import Theme as About
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_may_move

Status = CommentTheme.Status
TAKEN = "Another theme of this area has this name. Put the comments there, or choose another name."


def _check(by, permission: str, thing) -> None:
    if not by.has_perm(permission, thing):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _lock(theme: CommentTheme) -> None:
    theme.refresh_from_db(from_queryset=CommentTheme.objects.select_for_update(of=("self",)))


def _log(theme: CommentTheme, action: str, *, by, **data) -> None:
    """In the log of the area, and without the name of the theme: the log is no place for what was written."""
    log(theme.area, action, user=by, data={"theme": str(theme.pk), **data})


@transaction.atomic
def read_proposed(area: Area, *, by) -> list[Chunk]:
    """Words that stand together in what several wrote, for somebody who names themes; a look, logged."""
    _check(by, NAME_THEME, area)
    log(area, "anonymisation.look_for_themes", user=by)
    return proposed_chunks(area)


@transaction.atomic
def read_theme(theme: CommentTheme, *, by) -> list[ReadComment]:
    """The comments of a theme, for whoever names or confirms it; a look, logged."""
    if not any(by.has_perm(permission, theme) for permission in (NAME_THEME, CONFIRM_THEME)):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    area = theme.area
    log(area, "anonymisation.look_for_themes", user=by)
    return comments_of(theme)


@transaction.atomic
def read_to_sort(theme: CommentTheme, *, words: str = "", by) -> list[ReadComment]:
    """The usable comments that could be put to a theme, for somebody who names themes; a look, logged."""
    _check(by, NAME_THEME, theme)
    area = theme.area
    log(area, "anonymisation.look_for_themes", user=by)
    return comments_to_sort(theme, words=words)


@transaction.atomic
def name_theme(area: Area, *, name: str, description: str, about: str = About.OTHER, by) -> CommentTheme:
    """Makes a theme of an area, in one's own words."""
    theme = CommentTheme(area=area, named_by=by, named_on=timezone.localdate())
    _check(by, NAME_THEME, theme)
    _word(theme, name, description, about)
    _log(theme, "anonymisation.name_theme", by=by)
    return theme


@transaction.atomic
def rename_theme(theme: CommentTheme, *, name: str, description: str, about: str = About.OTHER, by) -> None:
    """Gives a theme other words; a second person has to confirm those too."""
    _check(by, NAME_THEME, theme)
    _lock(theme)
    _check_in_use(theme)
    if theme.status == Status.CONFIRMED:
        check_may_move(theme.status, Status.NAMED, CommentTheme.TRANSITIONS)
    theme.status, theme.named_by, theme.named_on = Status.NAMED, by, timezone.localdate()
    theme.confirmed_by = theme.confirmed_on = None
    _word(theme, name, description, about)
    _log(theme, "anonymisation.rename_theme", by=by)


def _word(theme: CommentTheme, name: str, description: str, about: str) -> None:
    """Refuses words that cannot be kept, and a name that the area has already."""
    theme.name, theme.description, theme.about = " ".join(name.split()), description.strip(), about
    if "\x00" in name + description:
        raise NotAllowed("There is a character in it that cannot be kept. Type it again instead of pasting it.")
    if not theme.name or not theme.description:
        raise NotAllowed("Give it a name, and say in a sentence what people wrote about.")
    if found := claim_in(f"{name} {description}"):
        raise NotAllowed(f"“{found}” is said by records only. Say what people wrote about.")
    if len(theme.description) > LONGEST_DESCRIPTION:
        raise NotAllowed(f"Say what it is about in {LONGEST_DESCRIPTION} characters at most.")
    try:
        theme.clean_fields(exclude={field.name for field in theme._meta.fields} - {"name", "description", "about"})
        with transaction.atomic():
            theme.save()
    except IntegrityError as problem:
        raise NotAllowed(TAKEN) from problem
    except ValidationError as problem:
        raise NotAllowed(problem.messages) from problem


def _check_in_use(theme: CommentTheme) -> None:
    if theme.status == Status.ENDED:
        raise NotAllowed("This theme was ended. Take it up again first.")


@transaction.atomic
def put_to_theme(theme: CommentTheme, comments: Collection[uuid.UUID], *, by) -> int:
    """Puts usable comments of the area to a theme, and says how many it did not have yet."""
    _check(by, NAME_THEME, theme)
    _lock(theme)
    _check_in_use(theme)
    # Held until the end, so that nobody erases one meanwhile.
    wanted = Comment.objects.select_for_update(of=("self",)).filter(area=theme.area, pk__in=list(comments))
    held = set(wanted.order_by("pk").values_list("pk", flat=True))
    there = set(may_be_themed(theme.area).filter(pk__in=held).values_list("pk", flat=True))
    if there != set(comments):
        raise NotAllowed("Some of these are not there any more, or are not of this area. Look again.")
    new = there - set(theme.themed.values_list("comment_id", flat=True))
    _put(theme, new, by=by)
    _log(theme, "anonymisation.put_to_theme", by=by, comments=len(new))
    return len(new)


def _put(theme: CommentTheme, comments: Collection[uuid.UUID], *, came_from: CommentTheme | None = None, by) -> None:
    today = timezone.localdate()
    ThemedComment.objects.bulk_create(
        ThemedComment(theme=theme, comment_id=key, by=by, on=today, came_from=came_from) for key in sorted(comments)
    )


@transaction.atomic
def take_out_of_theme(theme: CommentTheme, comment: uuid.UUID, *, by) -> None:
    """Takes a comment out of a theme; it can be put there again."""
    _check(by, NAME_THEME, theme)
    _lock(theme)
    if not theme.themed.filter(comment=comment).delete()[0]:
        raise NotAllowed("This comment is not in this theme any more.")
    _log(theme, "anonymisation.take_out_of_theme", by=by)


@transaction.atomic
def merge_themes(theme: CommentTheme, into: CommentTheme, *, by) -> None:
    """Puts the comments of a theme to another and ends it; taking it up again undoes that."""
    for one in (theme, into):
        _check(by, NAME_THEME, one)
    for one in sorted({theme, into}, key=lambda one: one.pk):
        _lock(one)
    if theme.pk == into.pk or theme.area_id != into.area_id:
        raise NotAllowed("Choose another theme of the same area.")
    _check_in_use(into)
    check_may_move(theme.status, Status.ENDED, CommentTheme.TRANSITIONS)
    both = set(theme.themed.values_list("comment_id", flat=True))
    _put(into, both - set(into.themed.values_list("comment_id", flat=True)), came_from=theme, by=by)
    _end(theme, merged_into=into)
    _log(theme, "anonymisation.merge_themes", by=by, into=str(into.pk))


def _end(theme: CommentTheme, *, merged_into: CommentTheme | None = None) -> None:
    theme.status, theme.merged_into = Status.ENDED, merged_into
    theme.confirmed_by = theme.confirmed_on = None
    theme.save()


@transaction.atomic
def end_theme(theme: CommentTheme, *, by) -> None:
    """Ends a theme: it is shown nowhere, and its comments stay what they are."""
    _check(by, NAME_THEME, theme)
    _lock(theme)
    check_may_move(theme.status, Status.ENDED, CommentTheme.TRANSITIONS)
    _end(theme)
    _log(theme, "anonymisation.end_theme", by=by)


@transaction.atomic
def take_up_theme(theme: CommentTheme, *, by) -> None:
    """Takes an ended theme up again; what merging put elsewhere leaves there. A second person confirms it anew."""
    _check(by, NAME_THEME, theme)
    _lock(theme)
    if theme.status != Status.ENDED:
        raise NotAllowed("This theme is in use already.")
    check_may_move(theme.status, Status.NAMED, CommentTheme.TRANSITIONS)
    ThemedComment.objects.filter(came_from=theme).delete()
    theme.status, theme.merged_into, theme.named_by, theme.named_on = Status.NAMED, None, by, timezone.localdate()
    _word(theme, theme.name, theme.description, theme.about)
    _log(theme, "anonymisation.take_up_theme", by=by)


@transaction.atomic
def confirm_theme(theme: CommentTheme, *, by) -> None:
    """Says as a second person that the words fit what was written, so that everybody may read them."""
    _check(by, CONFIRM_THEME, theme)
    _lock(theme)
    check_may_move(theme.status, Status.CONFIRMED, CommentTheme.TRANSITIONS)
    if theme.named_by_id == by.pk:
        raise NotAllowed("You named this theme, so someone else must confirm it.")
    if people_behind(support_of([theme], theme.area)[theme.pk]) < FEWEST:
        raise NotAllowed(f"Fewer than {FEWEST} people wrote about this. One child’s story is no theme.")
    theme.status, theme.confirmed_by, theme.confirmed_on = Status.CONFIRMED, by, timezone.localdate()
    theme.save()
    _log(theme, "anonymisation.confirm_theme", by=by)


@transaction.atomic
def leave_themes(keys: Collection[uuid.UUID], *, is_erased: bool, by=None) -> None:
    """Takes comments out of every theme that are erased or decided on anew; nobody has to ask for it."""
    ThemedComment.objects.filter(comment__in=list(keys)).delete()


@transaction.atomic
def erase_themes_of(area: Area, *, by=None) -> None:
    """Every theme of a fictional area, when all its answers are erased."""
    CommentTheme.objects.filter(area=area).update(merged_into=None)
    CommentTheme.objects.filter(area=area).delete()
