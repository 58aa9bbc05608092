"""What CI asks about weaknesses and secrets finds them, and never takes silence for safety."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def program(name):
    spec = importlib.util.spec_from_file_location(f"ci_{name}", ROOT / ".ci" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    # Where dataclasses look for the types they name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def audit():
    return program("audit")


def of(*dependencies):
    return json.dumps({"dependencies": list(dependencies), "fixes": []})


GOOD = {"name": "good", "version": "1.0", "vulns": []}
WEAK = {"name": "weak", "version": "1.0", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("report", "status", "said"),
    [
        (of(GOOD), 0, "1 packages audited, 0 known weaknesses."),
        (of(GOOD, WEAK), 1, "WEAK: weak 1.0: CVE-2026-1 (put right in: 1.1)"),
        (of(GOOD, UNKNOWN), 0, "NOT AUDITED: 1 of the locked packages"),
        ("", 0, "NOT AUDITED: 2 of the locked packages"),
    ],
    ids=["nothing known", "a weakness", "a package nobody knows", "no answer"],
)
def test_an_audit_fails_for_a_weakness_and_says_loudly_what_it_could_not_ask(
    audit, monkeypatch, tmp_path, capsys, report, status, said
):
    locked = tmp_path / "requirements.txt"
    locked.write_text("a==1 \\\n    --hash=sha256:0\nb==2 \\\n    --hash=sha256:1\n")
    monkeypatch.setattr(audit, "ask", lambda file: report)
    assert audit.report(audit.audit([locked]), strict=False) == status
    told = capsys.readouterr()
    assert said in told.out + told.err


def test_before_a_release_what_was_not_audited_fails(audit):
    assert audit.report(audit.Found(unaudited=["a"]), strict=True) == 1


def test_every_locked_package_would_be_asked_about(audit):
    names = [name for file in audit.LOCKED for name in audit.locked_in(ROOT / file)]
    assert {"django", "wagtail", "cryptography", "pytest"} <= set(names)
    assert len(names) > 100


def test_a_secret_is_found_and_what_was_looked_at_is_not(tmp_path):
    find = program("find_secrets")
    planted = tmp_path / "planted.py"
    planted.write_text('api_key = "' + "AKIA" + "IOSFODNN7EXAMPLF" + '"\n')
    assert {kind for _, kind, _ in find.secrets_in([str(planted)])} >= {"AWS Access Key"}
    known = find.kept()
    assert known
    assert all(why for why in known.values())
    assert {name for name, _, _ in known if not (ROOT / name).exists()} == set()
    looked_at = find.secrets_in(["tests/guards/test_settings.py"])
    assert looked_at
    assert set(looked_at) <= set(known)


def test_ci_runs_them():
    run = (ROOT / ".ci" / "run").read_text()
    assert all(f"make {one}" in run for one in ("audit", "secrets", "fuzz"))
    assert "find_secrets.py --changed" in (ROOT / "Makefile").read_text()
