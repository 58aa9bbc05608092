"""What counts as a recording, and that nothing but its sound is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.bank.mp3 import FEWEST_FRAMES, LARGEST, NotARecording, sound_of
from tests.factories.sound import FRAME, HEAD, WIDE, id3, id3v1, mp3, stating

WHO = b"Read by Ayesha in Room 4, Monday"


@pytest.mark.parametrize("sound", [mp3(), mp3(frame=WIDE), stating(40) + mp3()])
def test_a_recording_is_kept_as_it_is(sound):
    assert sound_of(sound) == sound


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        (id3(WHO), b""),
        (id3(WHO * 9), id3v1(WHO)),
        (id3(WHO) + id3(WHO), b"APETAGEX" + WHO),
        (b"", b"LYRICSBEGIN" + WHO),
        (id3(bytes(900) + WHO), bytes(40)),
    ],
)
def test_what_the_recorder_noted_is_left_out(before, behind):
    kept = sound_of(before + mp3() + behind)
    assert kept == mp3()
    assert WHO not in kept


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not an MP3"),
        (b"MZ\x90\0" + bytes(5000), "not an MP3"),
        (b"RIFF\x10\0\0\0WAVEfmt " + bytes(900), "not an MP3"),
        (b"OggS" + bytes(900), "not an MP3"),
        (b"\0\0\0\x20ftypM4A " + bytes(900), "not an MP3"),
        (b"<!doctype html><script>", "not an MP3"),
        (id3(WHO), "not an MP3"),
        (FRAME * (FEWEST_FRAMES - 1), "not an MP3"),
        (mp3(LARGEST // 52 + 1), "larger than 300 KB"),
        (mp3()[:-1], "cut off"),
        (mp3()[:-50], "cut off"),
        (stating(40) + mp3(39), "cut off"),
        (mp3() + b"PK\3\4" + bytes(60), "more than sound"),
        (mp3() + b"<script>", "more than sound"),
        (mp3() + WIDE * 20, "more than sound"),
    ],
)  # fmt: skip
def test_what_is_no_recording_is_refused_in_a_sentence(data, reason):
    with pytest.raises(NotARecording, match=reason):
        sound_of(data)


@pytest.mark.parametrize("head", ["fff128c4", "fff300c4", "fff3f0c4", "fff32cc4", "ffe328c4", "ffeb28c4", "fff528c4"])
def test_frames_of_another_kind_are_none(head):
    with pytest.raises(NotARecording, match="not an MP3"):
        sound_of(bytes.fromhex(head) + bytes(48) + mp3())


def test_a_cut_anywhere_but_between_frames_is_noticed():
    sound = mp3()
    for length in range(len(sound)):
        if length % len(FRAME):
            with pytest.raises(NotARecording):
                sound_of(sound[:length])


@given(st.binary(max_size=600), st.sampled_from([b"", HEAD, FRAME, b"ID3", mp3(3)]))
def test_whatever_is_uploaded_is_answered(data, begin):
    try:
        kept = sound_of(begin + data)
    except NotARecording:
        return
    assert sound_of(kept) == kept
