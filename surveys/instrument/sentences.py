"""What is said to a respondent whose answer cannot be kept: in English, so that another room can say it in others."""

from __future__ import annotations

from collections.abc import Mapping


class Sentence(str):
    """A sentence that reads in English, and remembers its blanks and what fills them."""

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Sentence:
        """The sentence with its blanks filled."""
        said = super().__new__(cls, template % values if values else template)
        said.template, said.values = template, values
        return said


class InvalidAnswer(ValueError):
    """Raised when a value cannot be an answer to an item; holds the sentence for the respondent."""

    def __init__(self, template: str, **values: object) -> None:
        self.sentence = Sentence(template, **values)
        super().__init__(self.sentence)
