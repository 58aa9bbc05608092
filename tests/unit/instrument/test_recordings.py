"""A document names its recordings by their content, and says nothing where there are none."""

import json
from dataclasses import replace

import pytest

from surveys.instrument.comparing import Change, What, compare
from surveys.instrument.document import BadInstrument, digest, read, recordings_of, write
from surveys.instrument.items import Option
from surveys.instrument.recordings import Recording
from tests.unit.instrument.small import YES_NO, instrument, item, several

# What this survey's digest was before documents could name recordings.
BEFORE = "95715bcf41fe0232bf564771af70c1f4cdb7d834c246296c31da3f7e702e2706"
SILENT = instrument(
    item("moved", *YES_NO), item("why", when="moved == yes"), several("who", "mum", "dad"), designed_by="The Lanterns"
)
ONE, TWO, THREE = (Recording(letter * 64, 9000) for letter in "abc")
HEARD = instrument(
    item("moved", Option("yes", {"en": "Yes"}, audio={"en": TWO, "pl": TWO}), "no", audio={"en": ONE}),
    audio={"introduction": {"en": THREE}},
)


def test_documents_written_before_keep_their_digest():
    assert digest(write(SILENT)) == BEFORE
    assert "audio" not in json.dumps(write(SILENT))
    assert digest(write(replace(SILENT, audio={"introduction": {}}))) == BEFORE


def test_a_document_with_recordings_is_read_as_it_was_written():
    assert read(json.loads(json.dumps(write(HEARD)))) == HEARD


def test_only_what_was_recorded_is_written():
    (moved,) = write(HEARD)["items"]
    yes, no = moved["options"]
    assert moved["audio"] == {"en": {"sha256": "a" * 64, "bytes": 9000}}
    assert set(yes["audio"]) == {"en", "pl"}
    assert "audio" not in no


def test_another_recording_is_another_edition_and_no_break():
    anew = replace(HEARD, items=(replace(HEARD.items[0], audio={"en": THREE}),))
    assert digest(write(anew)) != digest(write(HEARD))
    (change,) = compare(HEARD, anew)
    assert change == Change(What.RECORDED, item="moved")
    assert not change.breaks_series


def test_every_recording_of_a_document_is_known():
    assert recordings_of(HEARD) == {ONE.sha256, TWO.sha256, THREE.sha256}
    assert recordings_of(SILENT) == frozenset()


@pytest.mark.parametrize(
    "audio",
    [
        {"en": Recording("../../etc/passwd", 1)},
        {"en": Recording("A" * 64, 1)},
        {"en": Recording("a" * 64, 0)},
        {"xx": ONE},
    ],
)
def test_a_recording_that_is_not_named_by_its_content_is_refused(audio):
    with pytest.raises(BadInstrument, match="recording"):
        instrument(item("q", *YES_NO, audio=audio))


def test_words_that_no_survey_has_cannot_be_recorded():
    with pytest.raises(BadInstrument, match="no place"):
        instrument(item("q", *YES_NO), audio={"goodbye": {"en": ONE}})
