"""Unsafe combinations are refused before the first visitor comes: each check has an id and says what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from ctypes.util import find_library

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from feedback.config.checks_of_public import public_only_cannot_read_the_vault, public_only_has_no_secret
from feedback.disclosure.rules import AREA_TABLES, NATION_TABLES, ProtectionRules, TooManyLooks, check_look_budget

PRODUCTION = "feedback.config.settings.production"
PUBLIC_URLS = "feedback.config.public_urls"


def _is_production() -> bool:
    return os.environ.get("DJANGO_SETTINGS_MODULE") == PRODUCTION


def protection_is_not_below_the_floor(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses protection rules weaker than the national floor, in every environment."""
    problems = ProtectionRules(**settings.EARSHOT_PROTECTION).problems()
    hint = "Remove the parameter from EARSHOT_PROTECTION, or set it at least as strict as the floor."
    return [Error(problem, hint=hint, id="feedback.E001") for problem in problems]


def looks_are_within_budget(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses more tables than the noise can carry, in every environment."""
    try:
        check_look_budget(AREA_TABLES, national=NATION_TABLES, rules=ProtectionRules(**settings.EARSHOT_PROTECTION))
    except TooManyLooks as problem:
        return [Error(str(problem), hint="Publish fewer tables, or raise the noise.", id="feedback.E007")]
    return []


def protection_secret_is_whole(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses to start without 32 secret bytes, because without them published figures could be undone."""
    if settings.EARSHOT_PUBLIC_ONLY or _is_whole(settings.EARSHOT_PROTECTION_SECRET):
        return []
    hint = "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))' and keep it outside the database."
    return [Error("EARSHOT_PROTECTION_SECRET is not 64 hexadecimal digits.", hint=hint, id="feedback.E002")]


def sealing_secrets_are_whole(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses to start without the secret that opens what waits on devices, because those answers would be lost."""
    secrets = settings.EARSHOT_SEALING_SECRETS
    if settings.EARSHOT_PUBLIC_ONLY or (secrets and all(_is_whole(secret) for secret in secrets)):
        return []
    hint = "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'. Keep old ones behind it."
    return [Error("EARSHOT_SEALING_SECRET is not 64 hexadecimal digits.", hint=hint, id="feedback.E008")]


def words_keys_are_whole(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses to start without the keys that open words, because what is sealed would be lost."""
    keys = settings.EARSHOT_WORDS_KEYS
    if keys and all(_is_whole(key) for key in keys) and len(set(keys)) == len(keys):
        return []
    hint = (
        "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))', on a line of its own. Keep old ones."
    )
    return [
        Error("EARSHOT_WORDS_KEYS is not lines of 64 hexadecimal digits, each once.", hint=hint, id="feedback.E010")
    ]


def _is_whole(secret: str) -> bool:
    try:
        return len(bytes.fromhex(secret)) == 32
    except ValueError:
        return False


def production_is_safe(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses production with debug on, a weak secret, nobody to call, or no mail server."""
    return list(_production_problems()) if _is_production() else []


def _production_problems() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("DEBUG is on in production.", hint="Use the production settings unchanged.", id="feedback.E003")
    if len(settings.SECRET_KEY) < 50:
        yield Error("SECRET_KEY is shorter than 50 characters.", hint="Make a long random one.", id="feedback.E004")
    if not settings.EARSHOT_SAFEGUARDING_CONTACT and not settings.EARSHOT_PUBLIC_ONLY:
        yield Error(
            "Nobody is named to be called when a child may be in danger.",
            hint="Set EARSHOT_SAFEGUARDING_CONTACT to the address of the duty team.",
            id="feedback.E005",
        )
    if not settings.EMAIL_HOST and not settings.EARSHOT_PUBLIC_ONLY:
        yield Error(
            "No mail server is named, so nobody could be invited, and no new password sent.",
            hint="Set EMAIL_HOST, and EMAIL_PORT, EMAIL_HOST_USER and EMAIL_HOST_PASSWORD as it needs them.",
            id="feedback.E009",
        )


def staff_show_two_factors(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses to start without what stands before the desk, in every environment."""
    if settings.EARSHOT_PUBLIC_ONLY and settings.ROOT_URLCONF == PUBLIC_URLS:
        return []
    guard, before = "feedback.accounts.guard.SecondFactorMiddleware", "django_otp.middleware.OTPMiddleware"
    found = [name for name in settings.MIDDLEWARE if name in {guard, before}]
    if found == [before, guard]:
        return []
    hint = f"Keep {before} and then {guard} in MIDDLEWARE."
    return [Error("Staff could sign in with a password alone.", hint=hint, id="feedback.E006")]


def a_pdf_can_be_made(app_configs, **kwargs) -> list[CheckMessage]:
    """Says where the annual report cannot be had as PDF; the page is there, and offers to print."""
    missing = [name for name in ("pangoft2-1.0", "harfbuzz-subset") if find_library(name) is None]
    if not missing:
        return []
    hint = "On Debian: apt install libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core"
    return [Warning(f"No PDF of an annual report: {' and '.join(missing)} is missing.", hint=hint, id="feedback.W001")]


AT_EVERY_START = (
    protection_is_not_below_the_floor,
    looks_are_within_budget,
    protection_secret_is_whole,
    sealing_secrets_are_whole,
    words_keys_are_whole,
    public_only_has_no_secret,
    public_only_cannot_read_the_vault,
    staff_show_two_factors,
    production_is_safe,
    a_pdf_can_be_made,
)
ON_DEPLOYMENT: tuple = ()
