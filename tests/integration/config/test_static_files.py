"""The phone's scripts go out without their comments, and whole."""

import pytest
from django.core.files.base import ContentFile

from feedback.config.static_files import SmallStaticFiles

SCRIPT = b'// Why.\nconst name = "a // b";\nexport const say = () => `${name} /* c */`;\n'


@pytest.fixture
def files(tmp_path):
    return SmallStaticFiles(location=tmp_path, base_url="/static/")


def stored(files, name, content):
    with files.open(files.save(name, content)) as file:
        return file.read()


def test_comments_are_left_out_and_nothing_else(files):
    small = stored(files, "answering/survey.js", ContentFile(SCRIPT))
    assert b"Why" not in small
    assert b'"a // b"' in small
    assert b"/* c */" in small


def test_a_file_that_was_read_before_is_stored_whole(files):
    """As when its hash was taken."""
    content = ContentFile(SCRIPT)
    content.read()
    assert b"say" in stored(files, "answering/survey.js", content)


@pytest.mark.parametrize("name", ["wagtailadmin/js/core.js", "answering/survey.css", "answering/icon.svg"])
def test_other_files_stay_as_they_are(files, name):
    assert stored(files, name, ContentFile(SCRIPT)) == SCRIPT
