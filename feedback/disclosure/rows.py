"""Protects many groups of one question at once: the same figures as `protection`, bit for bit, only sooner.

`protection` is the readable one and says what is right; a property test holds the two together. A row is a group, a
column an option; counts are respondents, key sums are sums of their 32-bit record keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from feedback.disclosure.protection import (
    PERSON,
    SECRET_BYTES,
    ProtectionError,
    cuts_of,
    message_of_nobody,
)
from feedback.disclosure.rules import ProtectionRules

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]

HASH_BYTES = 8


def protect_rows(
    n: Whole,
    keysum: Whole,
    *,
    question: str,
    options: Sequence[str],
    secret: bytes,
    rules: ProtectionRules,
    respondents: Real | None = None,
) -> Real:
    """The protected values of each group: `protection.protect` of every row.

    `respondents` are the protected bases of a question asked only after certain answers, one for each row. Raises
    ProtectionError as the readable one does.
    """
    moved = _moved(n, keysum, keysum.sum(axis=1), question=question, options=options, secret=secret, rules=rules)
    whole = n.sum(axis=1) if respondents is None else respondents
    share = (whole - moved.sum(axis=1)) / len(options)
    protected: Real = moved + share[:, None]
    return protected


def protect_several_rows(
    n: Whole,
    keysum: Whole,
    *,
    everybody: Whole,
    question: str,
    options: Sequence[str],
    secret: bytes,
    rules: ProtectionRules,
) -> Real:
    """The protected values of each group where several answers can be given: `protection.protect_several` of each row.

    `everybody` are the key sums of all who were asked, one for each row.
    """
    return _moved(n, keysum, everybody, question=question, options=options, secret=secret, rules=rules)


def _moved(
    n: Whole,
    keysum: Whole,
    base_keys: Whole,
    *,
    question: str,
    options: Sequence[str],
    secret: bytes,
    rules: ProtectionRules,
) -> Real:
    import numpy as np

    if not options:
        raise ProtectionError(f"{question} has no options, so there is nothing to protect.")
    if len(secret) != SECRET_BYTES:
        raise ProtectionError(f"The secret has {len(secret)} bytes; it must have {SECRET_BYTES}.")
    if (n < 0).any():
        raise ProtectionError("A count is below nought, so a response was taken away that was never counted.")
    messages = _messages(keysum)
    for row, column in np.argwhere(n == 0).tolist():
        nobody = message_of_nobody(int(base_keys[row]), question, options[column])
        messages[row * len(options) + column] = nobody
    # The last cut is 2^64, which no hash reaches and no array of 64 bits holds.
    cuts = np.array(cuts_of(rules.sd, rules.bound)[:-1], dtype=np.uint64)
    drawn = np.searchsorted(cuts, _hashed(messages, secret), side="right") - rules.bound
    moved: Real = n.astype(np.float64) + drawn.reshape(n.shape)
    return moved


def _messages(keysum: Whole) -> list[bytes]:
    """What is hashed for a cell that somebody chose: a byte 1 and the key sum, most significant byte first."""
    import numpy as np

    if (keysum < 0).any():
        raise ProtectionError("A sum of keys is below nought, so a response was taken away that was never counted.")
    record = np.empty(keysum.size, dtype=[("kind", "u1"), ("keysum", ">u8")])
    record["kind"], record["keysum"] = 1, keysum.ravel()
    written, width = record.tobytes(), record.itemsize
    return [written[start : start + width] for start in range(0, len(written), width)]


def _hashed(messages: Sequence[bytes], secret: bytes) -> NDArray[Any]:
    """The keyed hash of each message, as a whole number of 64 bits."""
    import numpy as np

    begun = blake2b(digest_size=HASH_BYTES, key=secret, person=PERSON)
    hashed = bytearray()
    for message in messages:
        # A copy of a hash that has its key already is sooner made than a new one.
        one = begun.copy()
        one.update(message)
        hashed += one.digest()
    return np.frombuffer(hashed, dtype=">u8").astype(np.uint64)
