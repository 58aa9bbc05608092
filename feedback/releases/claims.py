"""Words that staff may not write on public pages, because only a record can say whether they are true."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

# Of what was released; that answers are given without a name is a promise, and has words of its own.
CLAIM = re.compile(
    r"\banonymi[sz]\w*|\b(?:de-?identified|non-?identifiable)\b"
    r"|\banonymous(?:ly)?\s+(?:data|figures?|results?|numbers?|statistics|information|quotes?|published)\b",
    re.IGNORECASE,
)


def check_claims_nothing(field: str, texts: Iterable[str]) -> None:
    """Refuses to call figures or words anonymised by hand; a page of figures says so by itself where it is so."""
    for text in texts:
        if found := CLAIM.search(strip_tags(text)):
            raise ValidationError(
                {
                    field: f"“{found[0]}” stands on a page only where the record of a test says that nobody was found, "
                    "and the page of figures says it by itself. Say instead what is done: groups of fewer than 10 are "
                    "never shown."
                }
            )
