"""Words about published figures and quotes that nobody writes by hand: only a record can say whether they are true."""

from __future__ import annotations

import re

# Of what was released; that answers are given without a name is a promise, and has words of its own.
CLAIM = re.compile(
    r"\banonymi[sz]\w*|\b(?:de-?identified|non-?identifiable)\b"
    r"|\banonymous(?:ly)?\s+(?:data|figures?|results?|numbers?|statistics|information|quotes?|published)\b",
    re.IGNORECASE,
)


def claim_in(text: str) -> str:
    """The first such word of a text, if there is one."""
    found = CLAIM.search(text)
    return found[0] if found else ""
