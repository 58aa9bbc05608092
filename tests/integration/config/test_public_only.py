"""A process that only shows public pages has no address of staff, no secret, and no right to read the vault."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from cms.pages.models import HomePage
from feedback.config import checks_of_public
from feedback.config.checks_of_public import public_only_cannot_read_the_vault, public_only_has_no_secret
from feedback.config.public_tables import COLUMNS_READ, READ, SHUT, grants, table_of, tables_read, tables_shut
from surveys.fieldwork.models import Wave
from tests.factories import asking_back, blocking, promising, reporting, theming
from tests.guards.test_every_address_is_guarded import addresses
from tests.integration.pages.conftest import area, results  # noqa: F401
from tests.integration.pages.test_queries import QUARTERS, pages_of, published

pytestmark = pytest.mark.django_db
ROLE = "only_shows"
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has roles")
OF_STAFF = ("django.contrib.", "django_otp.", "feedback.accounts.", "cms.desk.", "axes.", "django.middleware.csrf.")


@pytest.fixture
def public_only(settings):
    """The settings of such a process, as production has them."""
    settings.EARSHOT_PUBLIC_ONLY = True
    settings.ROOT_URLCONF = "feedback.config.public_urls"
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith(OF_STAFF)]
    settings.EARSHOT_PROTECTION_SECRET, settings.EARSHOT_SEALING_SECRETS = "", []


@pytest.fixture
def role():
    """A role as an operator makes it; it is gone with what the test did."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
    call_command("grant_public", role=ROLE, verbosity=0)
    yield ROLE
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def become(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


def is_refused(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as problem:
        return "permission denied" in str(problem)
    return False


@pytest.fixture
def everywhere():
    """Every address of the whole site."""
    return addresses()


def test_no_address_of_staff_and_none_that_takes_an_answer(everywhere, public_only):
    client = Client()
    tried = [one for one in everywhere if one.startswith(("/desk/", "/a/", "/_util/"))]
    assert len(tried) > 200
    for address in tried:
        assert client.get(address, follow=True).status_code == 404, address
        # Where the last stroke is missing, it is sent to what is not there either.
        assert client.post(address).status_code in {301, 404}, address


def test_the_form_of_the_board_is_answered_elsewhere(public_only, area):  # noqa: F811
    assert Client().get("/blockages/north/").status_code == 200
    assert Client().get("/blockages/north/name/").status_code == 404


def test_no_whole_table_of_a_shut_room_is_read():
    assert [label for label in READ if label.split(".")[0] in SHUT] == []
    words = {"answers", "words", "name", "reach", "password", "email", "phone", "reason", "username"}
    # Of talks those words are read that were redacted and that a moderator let out.
    read = [label for label, columns in COLUMNS_READ.items() if words & set(columns) - {"name"}]
    assert read == ["anonymisation.ToldTalk"]
    assert not set(tables_read()) & set(tables_shut())


@pytest.fixture
def pages(area, results):  # noqa: F811
    """Pages of a release, of promises, of children's questions, of the board, and an annual report."""
    one = published(area, quarter=QUARTERS[0], audience="AGE_8_11")
    promising.promised(area)
    asks = asking_back.answered().area.code
    blocking.published(area)
    theming.confirmed(theming.comments_on_meetings(wave=Wave.objects.filter(area=area).first()))
    home = HomePage.objects.get(area=area)
    promises = ("promises", {"theme": "", "audience": ""})
    report = reporting.report(home, reporting.chapter("All", promises), reporting.youngest())
    address = reporting.published(report).get_url()
    code = area.code
    return [
        "/", *pages_of(one, results), address, f"{address}pdf/", f"/promises/{code}/", f"/questions/{asks}/",
        f"/questions/{code}/cy/", f"/blockages/{code}/", "/healthz",
    ]  # fmt: skip


@on_postgresql
def test_every_public_page_is_the_same_for_a_role_that_cannot_read_the_vault(pages, public_only, role):
    client = Client()
    before = {page: client.get(page) for page in pages}
    become(role)
    for page in pages:
        reply = client.get(page)
        assert reply.status_code == before[page].status_code == 200, page
        if not page.endswith("/pdf/"):
            assert reply.content == before[page].content, page


@on_postgresql
def test_that_role_reads_nothing_else_and_writes_nothing(role):
    become(role)
    whole = {
        table_of(label) for label, columns in COLUMNS_READ.items() if {f.column for f in _fields(label)} == {*columns}
    }
    assert whole <= {"anonymisation_commenttheme", "responses_keyinuse"}
    for table in set(tables_shut()) - whole:
        assert is_refused(f'SELECT * FROM "{table}"'), table
    for label, columns in COLUMNS_READ.items():
        for column in {field.column for field in _fields(label)} - set(columns):
            assert is_refused(f'SELECT "{column}" FROM "{table_of(label)}"'), (label, column)
    for table in tables_read():
        assert is_refused(f'DELETE FROM "{table}"'), table


def _fields(label):
    from django.apps import apps

    return apps.get_model(label)._meta.concrete_fields


@on_postgresql
def test_a_right_that_was_given_before_is_taken_away(role):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}")
        cursor.execute(f"GRANT SELECT (answers) ON responses_response TO {ROLE}")
    call_command("grant_public", role=ROLE, verbosity=0)
    become(role)
    assert is_refused("SELECT answers FROM responses_response")


@on_postgresql
def test_whoever_owns_the_tables_and_nothing_else_may_give_the_rights(role):
    """As an operator makes it: createuser earshot, createdb -O earshot; no superuser, no master of roles."""
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute("CREATE ROLE only_owns NOSUPERUSER NOCREATEROLE")
        cursor.execute("SELECT current_user")
        cursor.execute(f"GRANT {cursor.fetchone()[0]} TO only_owns")
    become("only_owns")
    call_command("grant_public", role=role, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    become(role)
    assert is_refused("SELECT answers FROM responses_response")
    assert not is_refused("SELECT id FROM releases_release")


@on_postgresql
def test_a_process_does_not_start_with_a_role_that_may_do_more_or_less(public_only, role):
    (refused,) = public_only_cannot_read_the_vault(None)
    assert refused.id == "feedback.E012"
    become(role)
    assert public_only_cannot_read_the_vault(None) == []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"REVOKE SELECT ON releases_release FROM {ROLE}")
    become(role)
    (refused,) = public_only_cannot_read_the_vault(None)
    assert refused.id == "feedback.E013"
    assert "releases_release" in refused.msg


def test_a_process_does_not_start_with_a_secret_it_does_not_need(public_only, settings):
    assert public_only_has_no_secret(None) == []
    settings.EARSHOT_SEALING_SECRETS = ["5f" * 32]
    (refused,) = public_only_has_no_secret(None)
    assert refused.id == "feedback.E011"
    assert "5f" not in f"{refused.msg}{refused.hint}"


def test_every_other_process_is_asked_nothing_of_this():
    assert public_only_has_no_secret(None) == public_only_cannot_read_the_vault(None) == []


def test_where_there_are_no_roles_it_is_said(public_only, monkeypatch):
    monkeypatch.setattr(checks_of_public.connection, "vendor", "sqlite", raising=False)
    (warned,) = public_only_cannot_read_the_vault(None)
    assert warned.id == "feedback.W002"


def test_the_command_says_what_it_would_do(capsys, monkeypatch):
    if connection.vendor != "postgresql":
        with pytest.raises(CommandError, match="Only PostgreSQL"):
            call_command("grant_public", role=ROLE)
        return
    call_command("grant_public", role=ROLE, only_print=True)
    assert capsys.readouterr().out == "".join(f"{statement};\n" for statement in grants(ROLE))
    with pytest.raises(CommandError, match="Nothing was done"):
        call_command("grant_public", role="nobody_made_it")
