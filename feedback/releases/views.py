"""Serves the files of published releases, the list of them and the log of changes to anybody, and to any program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from feedback.releases.changes import Change, Listed, changes, listed, releases, told
from feedback.releases.csvw import LICENCE
from feedback.releases.models import Release
from feedback.releases.once import one_reading
from feedback.releases.open_data import ALL, CONTENT_TYPES, DESCRIPTION, parts_of
from feedback.releases.openapi import description
from feedback.releases.service_information import in_words

# Short, so that a withdrawal is known everywhere within a minute.
KEEP = "public, max-age=60"
HELD = 2**20  # bytes of a file that are held while it is written; the rest waits on the disk
LATEST = 100  # changes in a feed
AT_ONCE = 200  # releases read at once
PROBLEM = "application/problem+json"
TITLES = {404: "Not there", 410: "Withdrawn"}
ROOT = "/open-data/"


@require_safe
def open_data(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """One file of a published release; of a withdrawn one it is said that it is gone."""
    release = Release.objects.was_published().select_related("area").filter(code=code).first()
    if release is None or name not in CONTENT_TYPES:
        return _refusal(name, 404, f"There is no such file. Which releases there are: {ROOT}")
    if release.status == Release.Status.WITHDRAWN:
        return _refusal(name, 410, f"{release} was withdrawn as a whole. When and why: {ROOT}{code}/")
    with one_reading():
        return _reply(request, parts_of(release, name), CONTENT_TYPES[name], called=f"{code}-{name}")


@require_safe
def list_of_releases(request: HttpRequest) -> HttpResponseBase:
    """Every release that is or was published, as JSON."""
    return _reply(request, _list(request), CONTENT_TYPES["published.json"])


def _list(request: HttpRequest) -> Iterator[str]:
    head = {"title": "Releases", "description": DESCRIPTION, "license": LICENCE}
    yield json.dumps(head)[:-1] + ', "releases": ['
    waiting, separator = releases().iterator(chunk_size=AT_ONCE), "\n"
    while some := list(islice(waiting, AT_ONCE)):
        for one in listed(some):
            yield separator + json.dumps(_as_json(one, request), ensure_ascii=False)
            separator = ",\n"
    yield "\n]}\n"


def _as_json(one: Listed, request: HttpRequest) -> dict[str, Any]:
    release = one.release
    is_there = release.status == Release.Status.PUBLISHED
    return {
        "release": release.code,
        "area": release.area.code if release.area else ALL,
        "period": release.quarter,
        "is_invented": bool(release.area and release.area.is_fictional),
        "state": release.status,
        "published_on": one.published_on and one.published_on.isoformat(),
        "withdrawn_on": one.withdrawn_on and one.withdrawn_on.isoformat(),
        "page": _address(release, request),
        "files": [request.build_absolute_uri(_file(release, name)) for name in CONTENT_TYPES] if is_there else [],
    }


def _file(release: Release, name: str) -> str:
    return reverse("open_data:file", args=[release.code, name])


def _address(release: Release, request: HttpRequest) -> str:
    return request.build_absolute_uri(f"{ROOT}{release.code}/")


@require_safe
def changes_json(request: HttpRequest) -> HttpResponseBase:
    """The latest changes as a JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Releases: what was published, what was withdrawn",
        "home_page_url": request.build_absolute_uri(f"{ROOT}changes/"),
        "feed_url": request.build_absolute_uri(request.path),
        "language": "en-GB",
        "items": [_item(one, request) for one in told(changes()[:LATEST])],
    }
    return _reply(request, [json.dumps(feed, ensure_ascii=False, indent=1), "\n"], "application/feed+json")


def _item(change: Change, request: HttpRequest) -> dict[str, Any]:
    page = _address(change.release, request)
    return {
        "id": f"{page}#{change.what}",
        "url": page,
        "title": title_of(change),
        "content_text": said_of(change),
        "date_published": f"{change.on.isoformat()}T00:00:00Z",
        "tags": [change.what],
    }


def title_of(change: Change) -> str:
    """One line for a reader of feeds."""
    what = "Withdrawn" if change.is_withdrawal else "Published"
    return f"{what}: {change.release.area or 'All areas together'}, {in_words(change.release.quarter)}"


def said_of(change: Change) -> str:
    """What happened, and why."""
    if change.is_withdrawal:
        return f"Withdrawn as a whole, because: {change.why} Please do not use copies of it."
    return "Its figures are information to ask questions with: not targets, and no reason to rank anybody."


@require_safe
def changes_atom(request: HttpRequest) -> HttpResponseBase:
    """The latest changes as an Atom feed."""
    feed = Atom1Feed(
        title="Releases: what was published, what was withdrawn",
        link=request.build_absolute_uri(f"{ROOT}changes/"),
        feed_url=request.build_absolute_uri(request.path),
        description=DESCRIPTION,
        language="en-GB",
        author_name="Earshot",
    )
    for change in told(changes()[:LATEST]):
        item = _item(change, request)
        feed.add_item(
            title=item["title"],
            link=item["url"],
            description=item["content_text"],
            unique_id=item["id"],
            pubdate=_midnight(change),
            updateddate=_midnight(change),
            categories=item["tags"],
        )
    return _reply(request, [feed.writeString("utf-8")], "application/atom+xml; charset=utf-8")


def _midnight(change: Change) -> datetime:
    return datetime.combine(change.on, time(), UTC)


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """What a program can ask for here, as an OpenAPI description."""
    content = json.dumps(description(request.build_absolute_uri("/")), ensure_ascii=False, indent=1)
    return _reply(request, [content, "\n"], "application/openapi+json")


def _reply(request: HttpRequest, parts: Iterable[str], content_type: str, *, called: str = "") -> HttpResponseBase:
    """A whole file or none: it is written before its first byte goes out, and its mark is that of its content."""
    file, mark = SpooledTemporaryFile(max_size=HELD), hashlib.blake2b(digest_size=16)  # noqa: SIM115 - the reply ends it
    for part in parts:
        content = part.encode()
        mark.update(content)
        file.write(content)
    etag = f'"{mark.hexdigest()}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _sent(file, content_type)
        if called:
            response["Content-Disposition"] = f'attachment; filename="{called}"'
    else:
        file.close()
    response["ETag"] = etag
    return _open_to_all(response)


def _sent(file: SpooledTemporaryFile, content_type: str) -> HttpResponseBase:
    """What is small goes out in one piece, what is large piece by piece from the disk."""
    length = file.tell()
    file.seek(0)
    if length > HELD:
        return FileResponse(file, content_type=content_type)
    with file:
        return HttpResponse(file.read(), content_type=content_type, headers={"Content-Length": str(length)})


def _open_to_all(response: HttpResponseBase) -> HttpResponseBase:
    """Lets pages of other sites read what everybody may; for reading only, because nothing else is answered here."""
    response["Cache-Control"] = KEEP
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    return response


def _refusal(name: str, status: int, sentence: str) -> HttpResponseBase:
    """Why there is nothing, in a sentence: for programs as a problem, for people as text."""
    if name.endswith(".json"):
        problem = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": sentence}
        return _open_to_all(HttpResponse(json.dumps(problem) + "\n", status=status, content_type=PROBLEM))
    return _open_to_all(HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8"))
