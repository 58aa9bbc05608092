"""Themes at the desk: what several wrote about is proposed, an analyst names it, a second person confirms it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.anonymisation import theme_actions as actions
from feedback.anonymisation.themes import (
    CONFIRM_THEME,
    FEWEST,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    NAME_THEME,
    CommentTheme,
)
from feedback.anonymisation.theming import (
    READ_AT_ONCE,
    key_of_mark,
    themes_of,
)
from surveys.bank.themes import Theme as About
from surveys.frame.models import Area

ANY_OF = (NAME_THEME, CONFIRM_THEME)
ON_A_PAGE = 20


class ThemeForm(forms.Form):
    """A theme in somebody's own words."""

    name = forms.CharField(label="Name, in a few words", max_length=LONGEST_NAME)
    description = forms.CharField(
        label="What people wrote about, in a sentence or two",
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    about = forms.ChoiceField(label="Which theme of the questions it is closest to", choices=About.choices)


def _may(request: HttpRequest) -> str:
    """The permission that shows themes to this person; an analyst reads more than a second person."""
    for permission in ANY_OF:
        if request.user.has_perm(permission):
            return permission
    raise PermissionDenied("Your role does not include this.")


@never_cache
def themes(request: HttpRequest) -> HttpResponse:
    """The areas whose themes this person works on."""
    areas = list(Area.objects.visible_to(request.user, _may(request)).filter(merged_into=None))
    if len(areas) == 1:
        return redirect("desk:themes_of", code=areas[0].code)
    waiting = CommentTheme.objects.visible_to(request.user, CONFIRM_THEME).to_confirm_by(request.user)
    return render(request, "desk/themes.html", {"areas": areas, "waiting": waiting.select_related("area")})


@never_cache
def themes_area(request: HttpRequest, code: str) -> HttpResponse:
    """The themes of an area, what may be one, and a form to name one."""
    area = get_object_or_404(Area.objects.visible_to(request.user, _may(request)), code=code)
    may_name = request.user.has_perm(NAME_THEME, area)
    sent = request.POST if request.method == "POST" else None
    form = ThemeForm(sent, initial={"name": request.GET.get("words", "")[:LONGEST_NAME]})
    if request.method == "POST" and may_name and form.is_valid():
        made: list[CommentTheme] = []
        wanted = form.cleaned_data
        done = "It has a name. Put comments to it."
        if attempt(request, done, lambda: made.append(actions.name_theme(area, **wanted, by=request.user))):
            return redirect("desk:theme", key=made[0].pk)
    context = {"area": area, "form": form, "may_name": may_name, "themes": themes_of(area), "fewest": FEWEST}
    if may_name and "propose" in request.GET:
        context["proposed"] = actions.read_proposed(area, by=request.user)
        context["read_at_once"] = READ_AT_ONCE
    return render(request, "desk/themes_of.html", context, status=422 if form.errors else 200)


@never_cache
def theme(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One theme: its words, the comments it rests on, and for an analyst those that could be put there."""
    found = CommentTheme.objects.visible_to(request.user, _may(request)).select_related("area", "merged_into")
    one = get_object_or_404(found, pk=key)
    form = ThemeForm(
        _words_sent(request), initial={"name": one.name, "description": one.description, "about": one.about}
    )
    if request.method == "POST":
        done = _do(request, one, form)
        if done is not None:
            return done
    return render(request, "desk/theme.html", _shown(request, one, form), status=422 if form.errors else 200)


def _words_sent(request: HttpRequest):
    return request.POST if request.method == "POST" and "rename" in request.POST else None


def _shown(request: HttpRequest, one: CommentTheme, form: ThemeForm) -> dict[str, Any]:
    may_name = request.user.has_perm(NAME_THEME, one.area)
    context: dict[str, Any] = {
        "theme": one,
        "form": form,
        "may_name": may_name,
        "may_confirm": _can_confirm(request, one),
        "comments": actions.read_theme(one, by=request.user),
        "fewest": FEWEST,
    }
    if may_name and one.status != CommentTheme.Status.ENDED:
        words = request.GET.get("words", "")
        found = actions.read_to_sort(one, words=words, by=request.user)
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
        others = CommentTheme.objects.visible_to(request.user, NAME_THEME).filter(area=one.area).in_use()
        context |= {"page": page, "words": words, "others": others.exclude(pk=one.pk)}
    return context


def _can_confirm(request: HttpRequest, one: CommentTheme) -> bool:
    waits = one.status == CommentTheme.Status.NAMED and one.named_by_id != request.user.pk
    return waits and request.user.has_perm(CONFIRM_THEME, one)


def _do(request: HttpRequest, one: CommentTheme, form: ThemeForm) -> HttpResponse | None:
    """Does what a button asks for; nothing where words that were sent cannot be kept."""
    if "rename" in request.POST:
        if not form.is_valid():
            return None
        wanted = form.cleaned_data
        attempt(
            request,
            "It has other words. A second person confirms them.",
            lambda: actions.rename_theme(one, **wanted, by=request.user),
        )
    elif "put" in request.POST:
        keys = _keys(one, request.POST.getlist("comment"))
        attempt(request, "They are in the theme.", lambda: actions.put_to_theme(one, keys, by=request.user))
        return redirect(request.get_full_path())
    elif "merge" in request.POST:
        return _merge(request, one)
    else:
        _press(request, one)
    return redirect("desk:theme", key=one.pk)


def _press(request: HttpRequest, one: CommentTheme) -> None:
    buttons: dict[str, tuple[str, Callable[..., object]]] = {
        "end": ("Ended. It is shown nowhere.", actions.end_theme),
        "take_up": ("Taken up again. A second person confirms it.", actions.take_up_theme),
        "confirm": ("Confirmed. It is shown with the quotes that are about it.", actions.confirm_theme),
    }
    for name, (done, act) in buttons.items():
        if name in request.POST:
            attempt(request, done, lambda act=act: act(one, by=request.user))
    if "take_out" in request.POST:
        key = key_of_mark(one.area, request.POST["take_out"])
        done = "Taken out. It can be put there again."
        attempt(request, done, lambda: actions.take_out_of_theme(one, key or uuid.UUID(int=0), by=request.user))


def _merge(request: HttpRequest, one: CommentTheme) -> HttpResponse:
    wanted = request.POST.get("into", "")
    others = {str(other.pk): other for other in CommentTheme.objects.visible_to(request.user, NAME_THEME)}
    into = others.get(wanted, one)
    done = "Merged. Taking the other one up again undoes it."
    attempt(request, done, lambda: actions.merge_themes(one, into, by=request.user))
    return redirect("desk:theme", key=into.pk)


def _keys(one: CommentTheme, marks: Iterable[str]) -> list[uuid.UUID]:
    """The comments that were ticked; what is not there becomes a key of nothing, and is refused."""
    return [key_of_mark(one.area, mark) or uuid.UUID(int=0) for mark in marks]
