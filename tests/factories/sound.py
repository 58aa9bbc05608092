"""MP3s of silence, made frame by frame, and what recorders put around the sound. Needs no Django."""

# MPEG 2, layer III, 16 kbit/s, 22,050 Hz, mono, without padding: 52 bytes a frame, 26 ms of silence.
HEAD = bytes.fromhex("fff320c4")
FRAME = HEAD + bytes(52 - len(HEAD))
# MPEG 1, layer III, 64 kbit/s, 44,100 Hz, stereo.
WIDE = bytes.fromhex("fffb5000") + bytes(208 - 4)


def mp3(frames=40, frame=FRAME, mark=b""):
    """A recording; another mark makes it another one."""
    return mark_on(frame, mark) + frame * (frames - 1)


def mark_on(frame, mark):
    """The frame with bytes of our own at its end."""
    return frame[: len(frame) - len(mark)] + mark


def stating(frames):
    """A first frame in which the encoder says how many follow."""
    return (HEAD + bytes(9) + b"Xing\0\0\0\1" + frames.to_bytes(4, "big")).ljust(52, b"\0")


def id3(said):
    """A tag before the sound, as telephones write it."""
    size = len(said)
    return b"ID3\4\0\0" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127]) + said


def id3v1(said):
    """A tag behind the sound."""
    return b"TAG" + said.ljust(125, b"\0")
