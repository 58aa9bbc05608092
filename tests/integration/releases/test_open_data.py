"""What programs read of releases: valid, described, the same cells everywhere, and gone once it is withdrawn."""

import csv
import html
import io
import json
from datetime import date
from xml.etree import ElementTree

import pytest

from feedback.disclosure.blocks import Quarter
from feedback.releases import actions, csvw, views
from feedback.releases.models import Release
from feedback.releases.open_data import FILES, export
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded
from tests.integration.releases.openapi_checking import differs
from tests.integration.releases.releasing import Q1, Q2, release

pytestmark = pytest.mark.django_db
LISTS = ("releases.json", "changes.json", "changes.atom", "openapi.json")


@pytest.fixture
def published(area, edition):
    for stage, n in (("plan", 41), ("review", 12), ("leaving", 4)):
        coded(edition, area, quarter="2025Q1", n=n, stage=stage)
    (one,) = release(area)
    return one


def got(client, *path, **headers):
    """The answer, read to its end."""
    reply = client.get("/open-data/" + "/".join(path), headers=headers)
    reply.whole = b"".join(reply.streaming_content) if reply.streaming else reply.content
    return reply


def content_of(reply):
    return reply.whole


def read(client, *path):
    reply = got(client, *path)
    assert reply.status_code == 200
    return json.loads(content_of(reply))


def table(client, one, name="published.csv"):
    return list(csv.DictReader(io.StringIO(content_of(got(client, one.code, name)).decode())))


def described(client, path):
    """What the description says of the answer to a path: by status and content type."""
    document = read(client, "openapi.json")
    return document, document["paths"][path]["get"]["responses"]


@pytest.mark.parametrize("name", FILES)
def test_what_is_answered_is_what_is_described(client, published, name):
    document, answers = described(client, f"/open-data/{{release}}/{name}")
    reply = got(client, published.code, name)
    ((content_type, content),) = answers["200"]["content"].items()
    assert reply["Content-Type"].split(";")[0] == content_type
    if name.endswith(".json"):
        assert differs(json.loads(content_of(reply)), content["schema"], document) == []
    actions.withdraw_release(published, reason="A wrong import.", by=checker())
    for status, path in (("410", published.code), ("404", "nowhere-2025q1")):
        refused = got(client, path, name)
        assert refused.status_code == int(status)
        answer = answers[status]
        answer = document["components"]["responses"][answer["$ref"].split("/")[-1]] if "$ref" in answer else answer
        ((content_type, content),) = answer["content"].items()
        assert refused["Content-Type"].split(";")[0] == content_type
        if name.endswith(".json"):
            assert differs(refused.json(), content["schema"], document) == []


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_are_as_they_are_described(client, published, name):
    document, answers = described(client, f"/open-data/{name}")
    reply = got(client, name)
    ((content_type, content),) = answers["200"]["content"].items()
    assert reply["Content-Type"].split(";")[0] == content_type
    if name.endswith(".json"):
        assert differs(json.loads(content_of(reply)), content["schema"], document) == []


def test_the_description_knows_every_address_of_open_data_and_only_reading(client):
    from feedback.releases.urls import urlpatterns

    paths = read(client, "openapi.json")["paths"]
    fixed = {f"/open-data/{one.pattern}" for one in urlpatterns if "<" not in str(one.pattern)}
    assert set(paths) == fixed | {f"/open-data/{{release}}/{name}" for name in FILES}
    assert all(set(path) <= {"get", "parameters"} for path in paths.values())


def test_the_json_holds_exactly_the_cells_of_the_table(client, published):
    document = read(client, published.code, "published.json")
    flat = [
        {
            "release": document["release"], "area": document["area"], "stage": group["stage"],
            "service": group["service"], "audience": group["audience"], "period": group["period"],
            "question": group["question"], "option": cell["option"],
            "count": "" if cell["count"] is None else f"{cell['count']:.2f}",
            "base": "" if group["base"] is None else str(group["base"]),
            **{name: "" if cell[name] is None else str(cell[name])
               for name in ("percent", "low", "high", "low_all", "high_all", "reason")},
        }
        for group in document["groups"] for cell in group["cells"]
    ]  # fmt: skip
    assert flat == table(client, published)
    assert {row["reason"] for row in flat} >= {"", "too_few"}


RATES = "response-rates.csv"


def test_response_rates_are_the_same_on_the_page_in_the_table_and_in_the_json(client, published, edition):
    """One voice of which nobody knows how many were asked, and what was stored of the other."""
    rate_of(published, asked=200, basis="frame", percent=20, source="A register", counted_on="2025-01-01")
    rate_of(published, audience="AGE_8_11", asked=None, basis="frame", percent=15)
    rate_of(published, voice="professional", asked=20, basis="cards", is_beyond=True)
    document = read(client, published.code, "published.json")
    rows = table(client, published, RATES)
    assert [{name: row[name] for name in rate} for row, rate in zip(rows, written(document), strict=True)] == written(
        document
    )
    page = html.unescape(client.get(f"/open-data/{published.code}/missing/").content.decode())
    assert rows
    assert "How many could be asked is counted in fives; how many answered stands beside the figures too." in page
    assert all(row["in_words"] in page and row["meaning"] in page for row in rows)
    child, part, worker = rows
    assert (child["answered"], child["asked"], child["percent"], child["basis"]) == ("40", "200", "20", "frame")
    # The page leaves out how many answered here, so that nobody can tell who did not.
    assert (part["audience"], part["answered"], part["asked"], part["percent"]) == ("AGE_8_11", "", "", "15")
    assert (worker["answered"], worker["is_beyond"], worker["percent"]) == ("40", "true", "")


def rate_of(release, *, voice="child", **given):
    first = {"first_quarter": "2025Q1", "last_quarter": "2025Q1"}
    key = {"voice": voice, "audience": given.pop("audience", ""), **first}
    release.response_rates.update_or_create(**key, defaults={"answered": 40, **given})


def written(document):
    """The rates of the JSON as a table writes them."""
    plain = {None: "", True: "true", False: "false"}
    return [
        {name: plain[value] if value is None or isinstance(value, bool) else str(value) for name, value in rate.items()}
        for rate in document["response_rates"]
    ]


def test_where_nobody_knows_how_many_were_asked_open_data_says_so(client, published):
    published.response_rates.all().delete()
    (row,) = table(client, published, RATES)
    assert row["in_words"] == "We do not know how many were asked."
    assert (row["is_known"], row["answered"], row["asked"], row["period"]) == ("false", "", "", "")


@pytest.mark.parametrize("called", [("metadata.json", "published.csv"), (f"{RATES}-metadata.json", RATES)])
def test_the_table_keeps_every_rule_of_its_metadata(client, published, called):
    """The rules of the vocabulary for tabular data: names, datatypes, what may be blank, and the key."""
    name, file = called
    metadata = read(client, published.code, name)
    assert metadata["url"] == file
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert metadata["@type"] == "Table"
    schema, rows = metadata["tableSchema"], table(client, published, file)
    assert [column["name"] for column in schema["columns"]] == list(rows[0])
    for column in schema["columns"]:
        for row in rows:
            value = row[column["name"]]
            assert value != column["null"] or not column["required"], column["name"]
            assert value == column["null"] or fits(value, column["datatype"]), (column["name"], value)
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)


def fits(value, datatype):
    base = datatype if isinstance(datatype, str) else datatype["base"]
    if base == "string":
        return "format" not in datatype or value in datatype["format"].split("|")
    if base == "boolean":
        return value in {"true", "false"}
    if base == "date":
        return bool(date.fromisoformat(value))
    if base == "decimal":
        return str(float(value)) != "nan"
    least = 0 if base == "nonNegativeInteger" else datatype["minimum"]
    return value.isdigit() and least <= int(value) <= (100 if base == "integer" else 10**9)


CORE = {"@context", "@type", "url", "dialect", "notes", "tableSchema"}
OF_COLUMNS = {"name", "titles", "datatype", "required", "null"}


def test_metadata_uses_only_names_of_the_vocabulary_or_with_a_known_prefix(client, published):
    metadata = read(client, published.code, "metadata.json")

    def is_known(name, core):
        return name in core or name.split(":")[0] in {"dc", "schema"}

    assert all(is_known(name, CORE) for name in metadata)
    assert set(metadata["tableSchema"]) == {"columns", "primaryKey"}
    for column in metadata["tableSchema"]["columns"]:
        assert all(is_known(name, OF_COLUMNS) for name in column)
    for note in metadata["notes"]:
        assert set(note) == {"@type", "schema:name", "schema:value"}
    assert metadata["url"] == "published.csv"
    assert set(metadata["tableSchema"]["primaryKey"]) <= set(csvw.COLUMNS)


@pytest.mark.parametrize("path", [*LISTS, *(f"north-2025q1/{name}" for name in FILES)])
def test_what_did_not_change_is_not_sent_again_and_nothing_is_kept_for_longer_than_a_minute(client, published, path):
    first = got(client, path)
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Access-Control-Allow-Origin"] == "*"
    same = got(client, path, if_none_match=first["ETag"])
    assert same.status_code == 304
    assert (same["ETag"], same["Cache-Control"], content_of(same)) == (first["ETag"], "public, max-age=60", b"")
    assert got(client, path, if_none_match='"another"').status_code == 200
    head = client.head(f"/open-data/{path}")
    head.close()
    assert head.status_code == 200
    assert (head["ETag"], head["Content-Length"]) == (first["ETag"], first["Content-Length"])
    for method in ("post", "put", "delete", "options"):
        refused = getattr(client, method)(f"/open-data/{path}")
        assert refused.status_code == 405
        assert "Access-Control-Allow-Origin" not in refused


def test_the_mark_changes_when_what_is_said_changes(client, area, edition, published):
    before = got(client, "releases.json")["ETag"]
    figures = got(client, published.code, "published.csv")["ETag"]
    actions.withdraw_release(published, reason="A wrong import.", by=checker())
    assert got(client, "releases.json")["ETag"] != before
    assert got(client, published.code, "published.csv", if_none_match=figures).status_code == 410


def test_no_other_page_lets_other_sites_read_it(client, published):
    for address in ("/", "/a/", "/desk/login/", f"/open-data/{published.code}/", "/open-data/", "/healthz"):
        assert "Access-Control-Allow-Origin" not in client.get(address)


def test_a_large_file_waits_on_the_disk_and_not_in_memory(client, published, monkeypatch):
    whole = content_of(got(client, published.code, "published.csv"))
    monkeypatch.setattr(views, "HELD", 100)
    assert content_of(got(client, published.code, "published.csv")) == whole
    assert got(client, published.code, "published.csv", if_none_match="*").status_code == 304


def test_a_withdrawal_is_in_the_log_with_its_day_and_reason_and_nobodys_name(client, published):
    reason = "A file was loaded <b>twice</b> & wrongly."
    by = checker()
    actions.withdraw_release(published, reason=reason, by=by)
    withdrawn, came_out = read(client, "changes.json")["items"]
    assert withdrawn["title"] == "Withdrawn: North, January to March 2025"
    assert reason in withdrawn["content_text"]
    assert (withdrawn["tags"], came_out["tags"]) == (["withdrawn"], ["published"])
    assert withdrawn["id"] != came_out["id"]
    atom = ElementTree.fromstring(content_of(got(client, "changes.atom")))
    entries = atom.findall("{http://www.w3.org/2005/Atom}entry")
    assert reason in entries[0].find("{http://www.w3.org/2005/Atom}summary").text
    page = client.get("/open-data/changes/").content.decode()
    assert "A file was loaded &lt;b&gt;twice&lt;/b&gt; &amp; wrongly." in page
    for path in ("changes.json", "changes.atom", "releases.json"):
        assert by.get_username().encode() not in content_of(got(client, path))
    assert by.get_username() not in page


def test_the_list_says_what_is_there_and_what_is_gone(client, area, edition, published):
    coded(edition, area, quarter="2025Q2", n=40)
    (second,) = release(area, Q2)
    actions.withdraw_release(published, reason="A wrong import.", by=checker())
    later, earlier = read(client, "releases.json")["releases"]
    assert (later["release"], later["state"], later["withdrawn_on"]) == (second.code, "published", None)
    assert len(later["files"]) == len(FILES)
    assert (earlier["state"], earlier["files"]) == ("withdrawn", [])
    text = client.get("/open-data/").content.decode()
    assert "Withdrawn on" in text
    assert f'href="/open-data/{second.code}/published.json"' in text
    assert f'href="/open-data/{published.code}/published.json"' not in text


def test_nothing_that_is_not_published_is_told_anywhere(client, area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    for address in ("", "changes/", *LISTS):
        assert draft.code not in content_of(got(client, address)).decode()
    for name in FILES:
        assert got(client, draft.code, name).status_code == 404
    assert client.get(f"/open-data/{draft.code}/").status_code == 404


@pytest.mark.parametrize(
    "query", ["area=nowhere", "area=%00", "page=0", "page=x", "page=99999999999999999999", "area=" + "a" * 5000]
)
def test_what_makes_no_sense_in_the_address_of_the_list_shows_the_list(client, published, query):
    text = client.get(f"/open-data/?{query}").content.decode()
    assert published.code in text
    assert ("No area of that name" in text) is query.startswith("area")
    assert client.get(f"/open-data/changes/?{query}").status_code == 200


def test_the_list_of_one_area(client, published):
    south = asking.area("south")
    coded(asking.edition(of=south), south, quarter="2025Q1", n=40)
    release(south)
    text = client.get("/open-data/?area=south").content.decode()
    assert "south-2025q1" in text
    assert published.code not in text


def test_two_hundred_releases_cost_no_more_queries_than_two(client, area, published, django_assert_max_num_queries):
    addresses = ("", "changes/", "releases.json", "changes.json")
    south = Area.objects.create(code="far", name="Far")
    for number in range(200):
        one = Release.objects.create(
            code=f"far-{number}", area=south, quarter=str(Quarter(1900 + number, 1)), status="published", rules={}
        )
        one.states.create(status="published", by=checker(), on="2025-01-01")
    for address in addresses:
        with django_assert_max_num_queries(12):
            got(client, address)


def test_an_export_that_fails_half_way_leaves_no_file(published, tmp_path, monkeypatch):
    export(published, tmp_path / "whole")
    assert {file.name for file in (tmp_path / "whole").iterdir()} == set(FILES)

    def breaks(*_):
        yield "{"
        raise OSError("disk full")

    monkeypatch.setattr("feedback.releases.open_data.json_of", breaks)
    with pytest.raises(OSError, match="disk full"):
        export(published, tmp_path / "half")
    assert not {file.name for file in (tmp_path / "half").iterdir()} & set(FILES)
