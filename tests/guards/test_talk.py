"""What was said in focus groups and interviews comes to no room that counts: by how the house is built, not by care."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Who may know of it: those who keep it, read it, decide on it and tell it, and what only registers or runs that.
MAY_KNOW = {
    "surveys/responses/talks.py",
    "surveys/responses/talk_actions.py",
    "surveys/responses/receipts.py",
    "surveys/responses/apps.py",
    "feedback/safeguarding/talks.py",
    "feedback/safeguarding/talk_actions.py",
    "feedback/safeguarding/actions.py",
    "feedback/safeguarding/wagtail_hooks.py",
    "feedback/anonymisation/told_talk.py",
    "feedback/anonymisation/telling_talk.py",
    "feedback/anonymisation/talk_actions.py",
    "feedback/anonymisation/models.py",
    "feedback/anonymisation/actions.py",
    "feedback/anonymisation/wagtail_hooks.py",
    "feedback/anonymisation/rehearsing.py",
    "feedback/releases/talk.py",
    # These only name it: among what an area has, what public pages may read, and the limits of texts.
    "feedback/config/public_tables.py",
    "feedback/anonymisation/carried.py",
    "feedback/config/limits.py",
    "feedback/config/demo/talking_together.py",
    "feedback/config/urls.py",
    "feedback/config/public_urls.py",
}
NAMES = (
    "responses.talk",
    "telling_talk",
    "told_talk",
    "talk_actions",
    "TalkText",
    "ToldTalk",
    "erased_talk",
    "talk_urls",
)


def test_only_who_tells_it_knows_of_it():
    knows = {
        str(file.relative_to(ROOT))
        for house in ("surveys", "feedback")
        for file in (ROOT / house).rglob("*.py")
        if "migrations" not in file.parts and any(name in file.read_text() for name in NAMES)
    }
    assert knows == MAY_KNOW


def test_of_the_rooms_that_count_only_one_file_reads_it_and_nothing_there_reads_that():
    for file in (ROOT / "feedback/releases").glob("*.py"):
        assert "releases.talk" not in file.read_text(), file.name
