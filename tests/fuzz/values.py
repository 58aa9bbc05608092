"""Values as programs, attackers and broken phones send them."""

import random

# In every text that is sent, so that it is found wherever it must not be.
CANARY = "kanarek7f3"
LENGTHS = (0, 1, 16, 40, 99, 100, 101, 199, 200, 201, 500, 999, 1000, 1001, 1999, 2000, 2001, 3999, 4000, 4001, 9000)
PIECES = (
    "\0", "\x07", "\x1b[31m", "\r\n", "\n", "\t", "\u2028", "\ufeff", "\u202e", "\ud800", "\udfff", "\U0010ffff",
    "\ufffe",
    "e\u0301" * 20, "\u0d9e", "\U0001f469\u200d\U0001f467", "ß", "İ", "ﬁ", "٣", "²", "%00", "%ff", "%", "&", "=", ";",
    "+", "'",
    '"', "<script>alert(1)</script>", "]]>", "{{ 7 * 7 }}", "{% now %}", "%(longest)s", "%s%n", "{0.__class__}",
    "' OR 1=1 --", "../../etc/passwd", "\\", "a" * 64, "-1", "0", "NaN", "null", "true", "[]", "en", "yes",
    "no", "words",
)  # fmt: skip
NUMBERS = (0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 1e308, -0.0, 0.1, True, False)
RAW = (b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x00", b"\xef\xbb\xbf", b"\x80")


def text(chance: random.Random) -> str:
    """Words with something in them that some program does not expect, often as long as a limit."""
    parts = [CANARY, *(chance.choice(PIECES) for _ in range(chance.randrange(4)))]
    chance.shuffle(parts)
    written = "".join(parts)
    if chance.random() < 0.2:
        length = max(chance.choice(LENGTHS), 1)
        written = (written + chance.choice(("x", "ü", "字", "\U0001f642", " ", "\0", "'")) * length)[:length]
    return written


def value(chance: random.Random, depth: int = 0) -> object:
    """Any value of JSON, lists and objects among them."""
    kind = chance.randrange(10 if depth < 4 else 6)
    if kind < 3:
        return text(chance)
    if kind == 3:
        return chance.choice(NUMBERS)
    if kind == 4:
        return chance.choice((None, "", [], {}))
    if kind == 5:
        return chance.choice(PIECES)
    if kind < 8:
        return [value(chance, depth + 1) for _ in range(chance.choice((1, 2, 3, 60)) if depth < 2 else 1)]
    return {text(chance)[:70]: value(chance, depth + 1) for _ in range(chance.randrange(4))}


def deep(chance: random.Random) -> bytes:
    """JSON deeper than any program likes."""
    many = chance.choice((10, 100, 900, 1100, 5000, 20000))
    opening, closing = chance.choice(((b"[", b"]"), (b'{"a":', b"}")))
    return opening * many + b"1" + closing * chance.choice((many, many - 1, 0))


def damaged(chance: random.Random, body: bytes) -> bytes:
    """The same bytes after a bad line: cut, doubled, or with others in them."""
    place = chance.randrange(len(body) + 1)
    match chance.randrange(5):
        case 0:
            return body[:place]
        case 1:
            return body + body
        case 2:
            return body[:place] + chance.choice(RAW) + body[place:]
        case 3:
            return body[:place] + chance.randbytes(1) + body[place + 1 :]
        case _:
            return chance.choice(RAW) + body
