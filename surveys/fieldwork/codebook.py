"""Makes a survey that was asked elsewhere known here: questions, a frozen edition, and a wave for its answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.design.actions import store_edition
from surveys.design.composition import compose
from surveys.design.models import SurveyKind, SurveyPage
from surveys.design.policies import check_series, check_use
from surveys.design.trees import survey_index
from surveys.fieldwork.models import FREE, Wave
from surveys.frame.models import CODE, Area
from surveys.frame.tables import BadTable, Line, check_columns, read_table
from surveys.instrument.document import BadInstrument, write
from surveys.instrument.wording import Audience

COLUMNS = ("variable", "variable_label", "code", "value_label")


@dataclass(frozen=True)
class Variable:
    """One question of a codebook, with the line it begins on."""

    line: int
    code: str
    label: str
    options: tuple[tuple[str, str], ...]


def variables_of(file: Path) -> list[Variable]:
    """The variables of a codebook that have a code and a label for each value; BadTable names the line of a fault."""
    table = read_table(file)
    check_columns(table.header, needed=COLUMNS, known=lambda name: name in COLUMNS)
    found: dict[str, list[Line]] = {}
    for line in table.lines:
        if not line.values["variable"] or not line.values["code"]:
            raise BadTable([f"Line {line.number}: variable and code must not be blank."])
        found.setdefault(line.values["variable"], []).append(line)
    if not found:
        raise BadTable(["The codebook names no variable."])
    return [_variable(code, lines) for code, lines in found.items()]


def _variable(code: str, lines: list[Line]) -> Variable:
    seen: set[str] = set()
    for line in lines:
        if line.values["code"] in seen:
            raise BadTable([f"Line {line.number}: {code} has the code {line.values['code']} twice."])
        seen.add(line.values["code"])
    options = tuple((line.values["code"], line.values["value_label"] or line.values["code"]) for line in lines)
    return Variable(lines[0].number, code, lines[0].values["variable_label"] or code, options)


@transaction.atomic
def import_codebook(
    file: Path, *, wave_code: str, audience: Audience, area: Area | None = None, by
) -> tuple[Wave, bool]:
    """The wave that takes the answers of a codebook, and whether it was made now."""
    CODE(wave_code)
    FREE(wave_code)
    variables = variables_of(file)
    survey = _survey(wave_code, audience)
    if survey.audience != audience:
        raise BadTable([f"This wave was made for {survey.audience}. Say so with --audience, or choose another code."])
    survey.screens = [("question", {"question": _question(v, audience), "show_if": []}) for v in variables]
    try:
        instrument = compose(survey)
    except BadInstrument as problem:
        raise BadTable([str(problem)]) from problem
    check_use(instrument)
    check_series(instrument)
    survey.save()
    edition = store_edition(survey, write(instrument), by=by)
    wave = Wave.objects.filter(code=wave_code).first()
    if wave is not None:
        _check_same_edition(wave, edition)
        return wave, False
    wave = Wave.objects.create(code=wave_code, name=wave_code, edition=edition, area=area)
    log(wave, "fieldwork.import_codebook", user=by)
    return wave, True


def _check_same_edition(wave: Wave, edition) -> None:
    if wave.edition_id != edition.pk:
        raise BadTable([f"The wave {wave.code} was made from another codebook. Choose another code for the wave."])


def _tree(model: type[Page], title: str) -> Page:
    if existing := model.objects.first():
        return existing
    return Page.get_first_root_node().add_child(instance=model(title=title, slug=title.lower().replace(" ", "-")))


def _survey(wave_code: str, audience: Audience) -> SurveyPage:
    slug = f"asked-elsewhere-{wave_code}"
    if existing := SurveyPage.objects.filter(slug=slug).first():
        return existing
    page = SurveyPage(title=f"Asked elsewhere: {wave_code}", slug=slug, audience=audience, kind=SurveyKind.IMPORTED)
    return survey_index().add_child(instance=page)


def _question(variable: Variable, audience: Audience) -> QuestionPage:
    existing = QuestionPage.objects.filter(code=variable.code, locale=Locale.get_default()).first()
    if existing:
        _check_same_options(existing, variable)
        if not existing.wordings.filter(audience=audience).exists():
            _word(existing, variable, audience)
        return existing
    page = QuestionPage(title=variable.label[:200] or variable.code, code=variable.code, slug=_slug(variable.code))
    page.purpose = "Asked elsewhere; here only so that its answers can be counted."
    page.wordings = [Wording(audience=audience, text=variable.label[:300])]
    page.options = [
        Option(code=code, label=label[:120], sort_order=n) for n, (code, label) in enumerate(variable.options)
    ]
    try:
        _check(page.options.all())
        return _tree(QuestionBankPage, "Question bank").add_child(instance=page)
    except ValidationError as problem:
        raise BadTable([f"Line {variable.line}: {variable.code}: {' '.join(problem.messages)}"]) from problem


def _slug(code: str) -> str:
    return f"asked-elsewhere-{code.lower()}"


def _check(options: Iterable[Option]) -> None:
    for option in options:
        option.full_clean(exclude=["question"])


def _check_same_options(page: QuestionPage, variable: Variable) -> None:
    if [option.code for option in page.options.all()] != [code for code, _ in variable.options]:
        raise BadTable([f"Line {variable.line}: the bank has another question with the code {variable.code}."])


def _word(page: QuestionPage, variable: Variable, audience: Audience) -> None:
    """Adds a wording to a question that came from a codebook; one that people worded is theirs to add to."""
    if page.slug != _slug(page.code):
        missing = f"Line {variable.line}: the question {page.code} of the bank has no wording for {audience}."
        raise BadTable([f"{missing} Add one at the desk, or give the variable another code."])
    page.wordings.add(Wording(audience=audience, text=variable.label[:300]))
    page.save()
