"""What a reader is told about how the figures were protected."""

from __future__ import annotations

from feedback.disclosure.rules import ProtectionRules

_SENTENCES = """\
How these figures are protected

Every answer goes into exactly one published block, and a block closes only when at least {smallest_block} more people \
in the area have answered; it is never changed afterwards.
We never show a group of fewer than {smallest_group} people, nor one that would let you work out such a group by \
taking away.
Each figure is moved up or down by a small secret amount, usually two people or fewer, so nobody can be sure of one \
person's answer, and figures for very few or nearly all people are shown only as "under" or "over".
Totals for a year are only the blocks added up, so waiting for more releases teaches nobody anything more about a \
person, and the likely range beside each figure includes our adjustment.

What this does not promise

We do not claim differential privacy. We claim what was measured: somebody who knew every other answer in an area \
would still guess one person's answer wrongly about one time in six or more often.
The national figure is protected once, so it may differ from the sum of the areas by a few people.
Answers that somebody else chose for a person are counted in no figure; only how many there were is published.

The rules in force (version {version})

smallest block: {smallest_block} people
smallest group, and smallest group left over: {smallest_group} people
percentages from: {percent_base} people who answered; below that one of the words few, about half, most
under and over: fewer than {mask} people from nobody or everybody
adjustment: whole people, discrete Gaussian, sd {sd:g}, at most {bound}
published cells that hold one answer: at most {looks}
"""


def statement(rules: ProtectionRules) -> str:
    """The text printed as statement.txt: four sentences for a board member, the limits, and the parameters in force."""
    return _SENTENCES.format(
        smallest_block=rules.smallest_block,
        smallest_group=rules.smallest_group,
        percent_base=rules.percent_base,
        mask=rules.mask,
        sd=rules.sd,
        bound=rules.bound,
        looks=rules.looks,
        version=rules.version,
    )


def four_sentences(rules: ProtectionRules) -> tuple[str, ...]:
    """Why nobody can be found in the figures, in the four sentences a board member can say by heart."""
    _, sentences, *_ = statement(rules).split("\n\n")
    return tuple(sentences.split("\n"))
