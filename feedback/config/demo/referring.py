"""What those who refer families are asked: the questions of the starting bank, with invented shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedback.config.demo.shapes import DemoQuestion
from surveys.bank.starting_bank import starting_questions

HERE = "REFERRER"
SHARES: Mapping[str, tuple[int, ...]] = {
    "rf_acknowledged": (22, 26, 21, 17, 14),
    "rf_sent": (54, 29, 17),
    "rf_told": (24, 31, 33, 12),
    "rf_time": (9, 24, 29, 16, 22),
    "rf_decision": (38, 27, 35),
    "rf_call": (33, 28, 39),
    "rf_heard": (19, 22, 59),
}


def _asked() -> Iterator[DemoQuestion]:
    for question in starting_questions():
        if HERE in question["wordings"]:
            rows = question["answers"].get("", ())
            shares = SHARES.get(question["code"], ())
            yield DemoQuestion(
                question["code"],
                question["theme"],
                dict(question["wordings"]),
                tuple((row["code"], row["label"], share) for row, share in zip(rows, shares, strict=True)),
                kind=question["kind"],
                is_outcome=question["about"] == "outcome",
                purpose=question["purpose"],
                stage=question.get("stage", ""),
            )


REFERRERS_ARE_ASKED = tuple(_asked())
