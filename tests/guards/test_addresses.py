"""No wave has a code that stands for something else in an address of the phone."""

import pytest
from django.core.exceptions import ValidationError

from surveys.answering.urls import urlpatterns
from surveys.fieldwork.models import Wave

TAKEN = {str(address.pattern).split("/")[0] for address in urlpatterns}


@pytest.mark.parametrize("word", sorted(word for word in TAKEN if word and "<" not in word))
def test_no_wave_takes_a_word_that_an_address_needs(word):
    with pytest.raises(ValidationError):
        Wave(code=word).clean_fields(exclude={field.name for field in Wave._meta.fields} - {"code"})


def test_other_words_are_free():
    Wave(code="away-days").clean_fields(exclude={field.name for field in Wave._meta.fields} - {"code"})
