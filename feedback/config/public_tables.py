"""What a process that shows public pages may read of the database, table by table; everything else is refused to it.

The lists are written out: a table that is made one day is shut until somebody opens it here.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

# Rooms and libraries of which nobody who only shows pages may read a whole row.
SHUT = frozenset(
    {"responses", "accounts", "safeguarding", "anonymisation", "inspection", "sessions", "axes", "auth", "wagtailadmin"}
    | {"otp_totp", "otp_static", "django_otp_webauthn", "wagtailusers"}
)
READ = (
    "bank.Option", "bank.QuestionPage", "bank.Wording",
    "contenttypes.ContentType",
    "design.Edition",
    "fieldwork.LicensedScale", "fieldwork.OpenLink", "fieldwork.Wave",
    "findings.FindingEvidence", "findings.FindingKind", "findings.FindingPromise", "findings.FindingState",
    "findings.SharedFinding",
    "frame.Area", "frame.HelpNumber", "frame.JourneyStage", "frame.Service", "frame.Stratum", "frame.Thresholds",
    "pages.AnnualReportPage", "pages.DeckPage", "pages.HomePage", "pages.Picture", "pages.PictureRendition",
    "pages.PublicDocument", "pages.ResultsPage", "pages.TalkPage", "pages.TextPage",
    "promises.Blockage", "promises.BlockageReview", "promises.BlockageStep", "promises.ChildQuestion",
    "promises.Promise", "promises.PromiseDoubt", "promises.PromiseState", "promises.PromiseWords",
    "promises.QuestionAnswer", "promises.StateWords",
    "releases.ClosedGroup", "releases.ClosedWindow", "releases.CountedName", "releases.Interpretation",
    "releases.IntruderTest", "releases.Measure", "releases.MeasureState", "releases.OpenedCodes",
    "releases.PopulationFigure", "releases.Quote", "releases.Release", "releases.ReleaseState",
    "releases.ResponseRate",
    "wagtailcore.Collection", "wagtailcore.CollectionViewRestriction", "wagtailcore.Locale", "wagtailcore.Page",
    "wagtailcore.PageViewRestriction", "wagtailcore.ReferenceIndex", "wagtailcore.Site",
)  # fmt: skip
# Whether what is quoted may still be: whoever took it back, or is worried about, is gone from every page at once. For
# that a page looks up a random key, and never an answer or a day. Of comments there is a text only once it was redacted
# and a moderator let it out; of talks only how they were held, in sizes, and what a moderator let out. And whether
# anybody answers children here, and whether this process has the right keys.
COLUMNS_READ: dict[str, tuple[str, ...]] = {
    "accounts.RoleHeld": ("area_id", "role", "since", "until", "user_id"),
    "accounts.User": ("id", "is_active"),
    "anonymisation.CommentLink": ("comment_id", "response_key"),
    "anonymisation.CommentTheme": (
        "about", "area_id", "confirmed_by_id", "confirmed_on", "description", "id", "merged_into_id", "name",
        "named_by_id", "named_on", "status",
    ),
    "anonymisation.Comment": (
        "area_id", "audience", "edition_id", "id", "is_drawing", "language", "needs_a_reader", "status", "text",
    ),
    "anonymisation.ThemedComment": ("comment_id", "theme_id"),
    "anonymisation.ToldTalk": (
        "area_id", "audience", "id", "language", "sort", "status", "talk_key", "text_key", "theme", "words",
    ),
    "responses.KeyInUse": ("id",),
    "responses.Response": ("id", "status"),
    "responses.Talk": ("area_id", "id", "kind", "language", "people", "window"),
    "responses.Withdrawal": ("response_key",),
    "safeguarding.Concern": ("response_key", "status"),
    "safeguarding.Reading": ("response_key",),
}  # fmt: skip


def table_of(label: str) -> str:
    """The table of a model."""
    return apps.get_model(label)._meta.db_table


def tables_read() -> list[str]:
    """The tables that public pages are made of."""
    return sorted({MigrationRecorder.Migration._meta.db_table, *map(table_of, READ)})


def tables_shut() -> list[str]:
    """All others of this site: not a row of them, and of few of them a column."""
    every = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(every - set(tables_read()))


def grants(role: str) -> list[str]:
    """The statements after which a role may read what public pages are made of, and nothing else.

    Each is one that the owner of the tables may give, who is no master of the roles themselves.
    """
    quoted = connection.ops.quote_name
    to, tables = quoted(role), ", ".join(map(quoted, tables_read()))
    columns = [
        f"GRANT SELECT ({', '.join(map(quoted, names))}) ON {quoted(table_of(label))} TO {to}"
        for label, names in COLUMNS_READ.items()
    ]
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {to}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {to}",
        # What is granted by the column is taken back by the table only where the whole table is named.
        f"GRANT USAGE ON SCHEMA public TO {to}",
        f"GRANT SELECT ON {tables} TO {to}",
        *columns,
    ]
