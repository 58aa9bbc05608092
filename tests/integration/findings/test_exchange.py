"""Findings leave as a file and come in from one: all of it or nothing, and a second person publishes what came."""

import copy
import json

import pytest
from django.core.exceptions import PermissionDenied

from feedback.accounts.roles import Role
from feedback.findings.actions import find_too, publish_finding
from feedback.findings.exchange import MOST_BYTES
from feedback.findings.exchange_actions import bring_in
from feedback.findings.models import FindingKind, FindingState, SharedFinding
from feedback.findings.shown import public_findings
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.finding import overseer, published, published_release
from tests.factories.listening import analyst, checker
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
FILE = {
    "format": "earshot-findings",
    "version": 1,
    "made_by": "Far away",
    "kinds": [{"code": "late-letters", "edition": 3, "name": "Letters come late", "means": "After the meeting."}],
    "findings": [
        {
            "address": "https://far.example/nation/findings/one/",
            "found_by": "Farshire",
            "kind": {"code": "late-letters", "edition": 3},
            "title": "Letters came after the meeting",
            "description": "Children said so.",
            "what_was_done": "A clerk sends them a week before.",
            "theme": "explained",
            "stage": "",
        }
    ],
}


def file_with(**changes):
    document = copy.deepcopy(FILE)
    document["findings"][0].update(changes)
    return json.dumps(document).encode()


def test_what_comes_in_waits_for_a_second_person():
    assert bring_in(json.dumps(FILE).encode(), by=overseer()) == 1
    (found,) = SharedFinding.objects.all()
    assert (found.status, found.whose) == ("proposed", "Farshire (Far away)")
    assert public_findings() == []
    with pytest.raises(NotAllowed, match="someone else"):
        publish_finding(found, by=staff("overseer", Role.OUTPUT_CHECKER))
    publish_finding(found, by=checker())
    assert [one.kind.code for one in public_findings()] == ["late-letters"]
    here = published_release()
    assert find_too(found, here.area, by=analyst()).same_as == found


def test_the_same_file_twice_brings_nothing_new():
    for many in (1, 0):
        assert bring_in(json.dumps(FILE).encode(), by=overseer()) == many
    assert SharedFinding.objects.count() == FindingKind.objects.count() == 1


def test_our_own_file_can_be_read_elsewhere_and_holds_no_quote(client):
    published(published_release())
    content = client.get("/nation/findings.json").content
    document = json.loads(content)
    assert document["findings"][0]["address"].endswith("/nation/findings/north-finding-1/")
    SharedFinding.objects.all().update(code="gone")
    assert bring_in(content, by=overseer()) == 1


BAD = {
    "no json": b"{not json",
    "not utf-8": b"\xff\xfe\x00",
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "another format": b'{"format": "x"}',
    "another version": json.dumps({**FILE, "version": 2}).encode(),
    "no findings": json.dumps({**FILE, "findings": []}).encode(),
    "findings are a text": json.dumps({**FILE, "findings": "many"}).encode(),
    "no kinds": json.dumps({**FILE, "kinds": []}).encode(),
    "a kind with a strange code": json.dumps({**FILE, "kinds": [{"code": "A B", "name": "x", "means": "y"}]}).encode(),
    "twice": json.dumps({**FILE, "findings": FILE["findings"] * 2}).encode(),
    "too many": json.dumps({**FILE, "findings": FILE["findings"] * 501}).encode(),
    "too long": b" " * (MOST_BYTES + 1),
    "nul": file_with(title="a\x00b"),
    "half a character": file_with(title="\ud800"),
    "long title": file_with(title="x" * 121),
    "no title": file_with(title=" "),
    "a number": file_with(title=7),
    "a script": file_with(address="javascript:alert(1)"),
    "no address": file_with(address=""),
    "the same as a script": file_with(same_as="javascript:alert(1)"),
    "the same as a number": file_with(same_as=7),
    "the same as itself": file_with(same_as=FILE["findings"][0]["address"]),
    "a claim": file_with(description="All anonymised data"),
    "a bell": file_with(title="a\x07b"),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_a_file_that_is_not_as_it_should_be_is_refused_whole(content):
    with pytest.raises(NotAllowed) as refused:
        bring_in(content, by=overseer())
    assert refused.value.messages[0].endswith(".")
    assert not SharedFinding.objects.exists()
    assert not FindingKind.objects.exists()


def test_only_who_keeps_the_kinds_of_all_areas_brings_in():
    for role in set(Role) - {Role.NATIONAL_OVERSEER}:
        with pytest.raises(PermissionDenied):
            bring_in(json.dumps(FILE).encode(), by=staff(f"some-{role}", role))


HERE = "https://here.example"


def several(**same_as):
    """A file with a finding for each name, and the address of what each is the same as."""
    document = copy.deepcopy(FILE)
    (one,) = document.pop("findings")
    document["findings"] = [
        {**one, "address": f"https://far.example/{name}/", "title": name, "same_as": first}
        for name, first in same_as.items()
    ]
    return json.dumps(document).encode()


def at(title):
    return SharedFinding.objects.get(title=title)


def test_what_was_found_first_is_known_by_its_address_here_or_in_the_same_file():
    ours = published(published_release())
    content = several(a=f"{HERE}/nation/findings/{ours.code}/", b="https://far.example/c/", c="")
    assert bring_in(content, site=HERE, by=overseer()) == 3
    assert (at("a").same_as, at("b").same_as, at("c").same_as) == (ours, at("c"), None)
    # Without our address nobody can know that it is ours.
    assert SharedFinding.objects.exclude(same_as_elsewhere="").count() == 0


def test_what_is_not_here_keeps_its_address_and_is_put_beside_it_once_it_comes(client):
    bring_in(several(a="https://far.example/b/", x="https://nowhere.example/"), site=HERE, by=overseer())
    assert (at("a").same_as, at("a").same_as_elsewhere) == (None, "https://far.example/b/")
    for one in SharedFinding.objects.all():
        publish_finding(one, by=checker())
    page = client.get(f"/nation/findings/{at('x').code}/").content.decode()
    assert 'href="https://nowhere.example/"' in page
    assert "No other area has said so" not in page
    document = json.loads(client.get("/nation/findings.json").content)
    assert {one["title"]: one["same_as"] for one in document["findings"]} == {
        "a": "https://far.example/b/", "x": "https://nowhere.example/",
    }  # fmt: skip
    assert bring_in(several(b=""), site=HERE, by=overseer()) == 1
    assert (at("a").same_as, at("a").same_as_elsewhere) == (at("b"), "")


def test_a_chain_leads_to_the_first_and_a_ring_to_nobody_twice():
    bring_in(several(c="https://far.example/b/", b="https://far.example/a/", a=""), by=overseer())
    assert {at("b").same_as, at("c").same_as} == {at("a")}
    bring_in(several(d="https://far.example/e/", e="https://far.example/d/"), by=overseer())
    assert at("d").same_as == at("e")
    assert at("e").same_as is None


def test_our_own_file_comes_back_with_what_was_found_too(client):
    first = published(published_release())
    too = find_too(first, published_release(asking.area("south")).area, by=analyst())
    SharedFinding.objects.filter(pk=too.pk).update(
        source="https://south.example/1/", origin="South", status="published"
    )
    content = client.get("/nation/findings.json").content
    FindingState.objects.filter(finding=too).delete()
    SharedFinding.objects.filter(pk=too.pk).delete()
    assert bring_in(content, site="http://testserver", by=overseer()) == 1
    assert SharedFinding.objects.get(source="https://south.example/1/").same_as == first
