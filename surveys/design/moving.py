"""Rearranges a page tree in a migration, where pages are bare rows that do not know how to move."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from wagtail.models import Page


def next_path(pages: Any, parent: Any) -> str:
    """The path of the next child of a page; `pages` is the page model as the migration knows it."""
    children = pages.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = children.order_by("-path").values_list("path", flat=True).first()
    step = Page._str2int(last[-Page.steplen :]) + 1 if last else 1
    return Page._get_path(parent.path, parent.depth + 1, step)


def move_below(pages: Any, page: Any, parent: Any) -> None:
    """Puts a page and all below it under another parent; both parents know how many children they have."""
    old_path, old_url, new_path = page.path, page.url_path, next_path(pages, parent)
    new_url = f"{parent.url_path}{page.slug}/"
    pages.objects.filter(path__startswith=old_path).update(
        path=Concat(Value(new_path), Substr("path", len(old_path) + 1)),
        depth=F("depth") + parent.depth + 1 - page.depth,
        url_path=Concat(Value(new_url), Substr("url_path", len(old_url) + 1)),
    )
    pages.objects.filter(path=old_path[: -Page.steplen]).update(numchild=F("numchild") - 1)
    pages.objects.filter(path=parent.path).update(numchild=F("numchild") + 1)


def columns_below(pages: Any, parent: Any, *, title: str, slug: str, content_type: Any, **more: Any) -> dict[str, Any]:
    """What a new page below this one has in its row, whatever its kind."""
    pages.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)
    return {
        "path": next_path(pages, parent),
        "depth": parent.depth + 1,
        "numchild": 0,
        "title": title,
        "draft_title": title,
        "slug": slug,
        "url_path": f"{parent.url_path}{slug}/",
        "content_type": content_type,
        "locale_id": parent.locale_id,
        **more,
    }
