"""P16: what the platform publishes withstands the attack program, and the same export unprotected does not."""

import csv
import importlib.util
import random

import pytest

from tests.integration.releases.attack import attack, gather, release_everything, unprotect, write
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AGES = ("AGE_6_7", "AGE_8_11", "AGE_12_17", "CARE_LEAVER")
MONTHS = {1: "02", 2: "05", 3: "08", 4: "11"}
SIZES = {"a30": 30, "a60": 60, "a120": 120, "a500": 500}
OPTIONS = (
    "--questions",
    "q1,q4",
    "--max-systems",
    "6",
    "--max-targets",
    "30",
    "--worst-case-sample",
    "300",
    "--time-limit",
    "200",
)


@pytest.fixture(autouse=True)
def the_same_noise_each_time(monkeypatch):
    """How long the solver takes hangs on the noise, so that a run that draws new keys may take minutes longer."""
    monkeypatch.setattr("surveys.responses.record_keys.secrets.randbits", random.Random(31).getrandbits)


def designs():
    """The generator of invented populations that belongs to the attack program."""
    spec = importlib.util.spec_from_file_location("designs", shared("attack/designs.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def population(seed, folder):
    """An invented population as a codebook, a file of answers, and the truth the attack is scored against."""
    module = designs()
    made = module.generate(SIZES, seed=seed)
    codebook, answers, truth = [], [], []
    for question, (options, _) in module.QUESTIONS.items():
        codebook += [
            {"variable": question, "variable_label": question, "code": option, "value_label": option}
            for option in options
            if option != "rather_not_say"
        ]
    for n in range(made["n"]):
        quarter = module.qlabel(made["quarter"][n])
        place = {
            "area": made["areas"][made["area"][n]],
            "service": f"team-{n % 2}",
            "stage": module.SERVICES[made["service"][n]],
            "audience": AGES[made["age"][n]],
        }
        chosen = {q: options[made[q][n]] if made[q][n] >= 0 else "" for q, (options, _) in module.QUESTIONS.items()}
        answers.append({"row_id": n, **place, "month": f"{quarter[:4]}-{MONTHS[int(quarter[-1])]}", **chosen})
        truth.append(
            {"respondent": n, **place, "quarter": quarter, **{q: v or "did_not_answer" for q, v in chosen.items()}}
        )
    for name, rows in (("codebook", codebook), ("answers", answers), ("truth", truth)):
        write(folder / f"{name}.csv", rows)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_the_attack_learns_nothing_from_what_is_published(seed, tmp_path):
    program = shared("attack/attack_release.py")
    population(seed, tmp_path)
    release_everything(tmp_path, codebook=tmp_path / "codebook.csv", answers=tmp_path / "answers.csv", until="2025Q4")
    gather(tmp_path, quarter="2025Q4")
    result = attack(program, tmp_path, *OPTIONS)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
    if seed == 11:
        unprotect(tmp_path)
        # One system is enough to be found out; all six would take most of the time of this file. So would trying how
        # large the noise may be: that there is none is told.
        assert attack(program, tmp_path, *OPTIONS, "--max-systems", "1", "--noise-sd", "0.05").returncode == 1


def test_the_release_of_a_real_survey_withstands_the_attack(tmp_path):
    """13,677 real pupils in 53 areas."""
    program, source = shared("attack/attack_release.py"), shared("data/yrbs2019_us_highschool/yrbs2019_core.csv")
    codebook = shared("data/yrbs2019_us_highschool/yrbs2019_codebook.csv")
    with source.open(newline="") as file:
        pupils = list(csv.DictReader(file))
    questions = [name for name in pupils[0] if name not in {"record", "weight", "stratum", "psu"}]
    places = [{"row_id": p["record"], "area": p["psu"], "audience": "AGE_12_17", "month": "2025-02"} for p in pupils]
    write(
        tmp_path / "answers.csv",
        [{**place, **{q: p[q] for q in questions}} for place, p in zip(places, pupils, strict=True)],
    )
    release_everything(tmp_path, codebook=codebook, answers=tmp_path / "answers.csv", until="2025Q1")
    gather(tmp_path, quarter="2025Q1")
    truth = [
        {
            "respondent": p["record"], "area": p["psu"], "stage": "not known", "service": "not known",
            "audience": "AGE_12_17", "quarter": "2025Q1", **{q: p[q] or "did_not_answer" for q in questions},
        }
        for p in pupils
    ]  # fmt: skip
    write(tmp_path / "truth.csv", truth)
    options = ("--questions", "Q15,Q23", "--max-systems", "8", "--time-limit", "300")
    result = attack(program, tmp_path, *options)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
    unprotect(tmp_path)
    assert attack(program, tmp_path, *options).returncode == 1
