"""The learned model: made from committed texts, explained by words, and no better than the model card says."""

from pathlib import Path

import pytest

from feedback.safeguarding.screening import NOT_SCREENED, SIMILAR, Severity, screen, screened_or_not
from feedback.safeguarding.screening_features import pieces
from feedback.safeguarding.screening_figures import Share, held_out_tables
from feedback.safeguarding.screening_model import WEIGHTS_FILE, likenesses
from feedback.safeguarding.screening_text import readable
from feedback.safeguarding.screening_training import labelled, trained
from surveys.instrument.wording import LANGUAGES

CARD = Path(__file__).parents[3] / "docs/explanation/screening.md"
HELP_NOW = {
    "en": "I need help now",
    "cy": "Dwi angen help nawr",
    "pl": "Potrzebuję pomocy teraz",
    "ro": "Am nevoie de ajutor acum",
    "ur": "مجھے ابھی مدد چاہیے",
    "ar": "أحتاج مساعدة الآن",
    "uk": "Мені потрібна допомога зараз",
    "so": "Caawimaad hadda ayaan u baahanahay",
}


def test_the_committed_texts_give_the_committed_weights_to_the_byte():
    assert trained() == WEIGHTS_FILE.read_text("ascii")


def test_the_weights_are_small_enough_to_be_read_at_every_start():
    assert WEIGHTS_FILE.stat().st_size < 400_000


def test_there_are_texts_of_all_languages_half_of_them_worrying_and_none_in_both_parts():
    learned, held_out = labelled("train"), labelled("held out")
    assert len(learned) + len(held_out) >= 1500
    assert not {text.text for text in learned} & {text.text for text in held_out}
    for language in LANGUAGES:
        labels = [text.label for text in learned if text.language == language]
        assert len(labels) >= 60
        assert 0.4 < sum(labels) / len(labels) < 0.6


def test_hardly_anything_set_aside_repeats_what_was_learned():
    learned = {gram for text in labelled("train") for gram in grams(text.text)}
    held_out = [gram for text in labelled("held out") for gram in grams(text.text)]
    assert sum(gram in learned for gram in held_out) / len(held_out) < 0.05


def grams(text, size=4):
    words = text.lower().split()
    return [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]


def test_the_model_card_has_the_figures_that_are_computed():
    card = CARD.read_text("utf-8")
    assert [line for line in held_out_tables() if line not in card] == []


def test_a_likeness_is_explained_by_words_of_the_text():
    text = "everything is nice 🙂 but  grandpa wants me to wash him"
    (like, *_) = likenesses(readable(text))
    assert like.words
    signals = [signal for signal in screen(text).signals if signal.rule == SIMILAR]
    assert {text[signal.start : signal.end] for signal in signals} <= set(text.split())
    assert all("weighed most" in signal.reason for signal in signals)


def test_every_word_is_in_a_piece_however_long_the_sentence():
    words = " ".join(f"w{number}" for number in range(100))
    assert {word.text for piece in pieces(readable(words)) for word in piece} == set(words.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_i_need_help_now_always_counts(language):
    assert screen(HELP_NOW[language], language=language).severity is Severity.NOW
    assert screen(HELP_NOW[language], language="en").severity is Severity.NOW


@pytest.mark.parametrize(
    ("text", "language"), [("my worker is nice", "ti"), ("ቤተይ ጽቡቕ እዩ", "en"), ("我喜欢我的学校", "en")]
)
def test_what_has_no_rules_is_marked_not_screened(text, language):
    found = screen(text, language=language)
    assert NOT_SCREENED in {signal.rule for signal in found.signals}
    assert (found.was_screened, found.needs_a_person_first) == (False, True)


@pytest.mark.parametrize("text", ["", "   ", "👍", "?", "ok 我"])
def test_hardly_a_letter_is_no_other_script(text):
    assert screen(text).was_screened


@pytest.mark.parametrize(
    "text", ["he\0 hits me", "‮he hits me", "he hi\u200dts me", "he hi\u0301ts me", "🙂he hits me🙂"]
)
def test_what_cannot_be_seen_hides_nothing(text):
    assert screen(text).severity is Severity.NOW


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "boję się taty"),
        ("pl", "boje sie taty"),
        ("ro", "mi-e frică de el"),
        ("ro", "mie frica de el"),
        ("ar", "أَنا خائِفة من ابي"),
        ("ur", "ابو مجھے مارتے ہیں"),
    ],
)
def test_accents_and_kinds_of_letters_make_no_difference(language, text):
    assert any(signal.rule.startswith(f"{language}.") for signal in screen(text, language=language).signals)


def test_a_text_on_which_screening_fails_is_not_screened(monkeypatch):
    monkeypatch.setattr("feedback.safeguarding.screening.readable", None)
    assert [signal.rule for signal in screened_or_not("we played uno").signals] == [NOT_SCREENED]


def test_a_share_says_how_sure_it_is():
    assert str(Share(8, 10)) == "80 % (8 of 10; 49–94)"
    assert str(Share(0, 0)) == "–"
