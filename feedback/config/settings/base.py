"""What holds everywhere. The other files change as little as they can."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from surveys.instrument.wording import LANGUAGES as RESPONDENTS_LANGUAGES

# Django knows no Somali by itself.
LANG_INFO.setdefault("so", {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"})

# The attack on a release solves many small systems; threads that wait for each other cost a hundred times the solving.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parents[3]


def required(name: str, *, hint: str) -> str:
    """The value of an environment variable (or of the file that NAME_FILE points to), or a sentence on what to do."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(f"{name} is not set. {hint}")


def words_keys(written: str) -> list[str]:
    """The keys of the words, the newest first: one a line, or with commas between."""
    return [key for part in written.split(",") for key in part.split()]


def optional(name: str) -> str:
    """The same, of what a server can do without."""
    return required(name, hint="") if os.environ.get(name) or os.environ.get(f"{name}_FILE") else ""


def _no_longer_than(seconds: int) -> str:
    """What the web server tells PostgreSQL: to end a query, a wait for a row and a forgotten transaction by then."""
    return " ".join(
        f"-c {name}={seconds * 1000}"
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    )


def database(url: str) -> dict:
    """The database of a DATABASE_URL, with the options that make an acknowledged answer survive a power cut."""
    config = dict(dj_database_url.parse(url))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        name = Path(config["NAME"])
        config["NAME"] = str(name if name.is_absolute() else BASE_DIR / name)
        config["CONN_MAX_AGE"] = None
        config["OPTIONS"] = {
            # IMMEDIATE: a writer waits its turn instead of failing half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what was acknowledged is on the disk. secure_delete: what was deleted is not, whoever built SQLite.
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA foreign_keys=ON;"
                "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;"
            ),
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        # Whatever the server's own settings say, what is acknowledged is on its disk.
        # And where it guesses that a small query is a large one, compiling it would take a hundred times the asking.
        told = ["-c synchronous_commit=on", "-c jit=off"]
        if seconds := os.environ.get("EARSHOT_QUERY_SECONDS"):
            told.append(_no_longer_than(int(seconds)))
        # A cut line is noticed in seconds; by itself the system would wait for many minutes.
        config["OPTIONS"] = {"connect_timeout": 10, "tcp_user_timeout": 20_000, "options": " ".join(told)}
    return config


INSTALLED_APPS = [
    "surveys.frame",
    "surveys.bank",
    "surveys.design",
    "surveys.fieldwork",
    "surveys.responses",
    "surveys.answering",
    "feedback.accounts",
    "feedback.privacy",
    "feedback.safeguarding",
    "feedback.anonymisation",
    "feedback.releases",
    "feedback.inspection",
    "feedback.promises",
    "feedback.findings",
    "feedback.config",
    "cms.workflow",
    "cms.desk",
    "cms.pages",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Before all others, so that it counts what any of them answers.
    "feedback.config.counting.CountAnswers",
    # Next, because it spares respondents what does not concern them.
    "feedback.config.short_way.ShortWay",
    # Poor signal is the usual case. Nothing secret is repeated in a page, so compression gives nothing away.
    "feedback.config.compression.CompressionMiddleware",
    # Before the rest, so that files go out without what only pages need.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "feedback.config.content_security.ContentSecurityMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "feedback.config.methods.KnownMethods",
    "feedback.config.cookies.NoCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "feedback.accounts.guard.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.desk.doors.Doors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
# What a request of a respondent passes: all but files, sessions, accounts, their messages and the doors of the desk.
RESPONDENTS_MIDDLEWARE = [
    "feedback.config.compression.CompressionMiddleware",
    "feedback.config.content_security.ContentSecurityMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "feedback.config.methods.KnownMethods",
    "feedback.config.cookies.NoCookies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "feedback.config.urls"
WSGI_APPLICATION = "feedback.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "feedback.accounts.backends.RoleBackend"]
# The first hashes; the others are read, and hashed anew at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
WAGTAILADMIN_USER_LOGIN_FORM = "cms.desk.signing_in.SignInForm"
# An address is what a lost password is sent to, so it is changed by an administrator only.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
OTP_TOTP_ISSUER = "Earshot"
# A passkey belongs to the host it was made at, and comes after the password, never instead of it.
OTP_WEBAUTHN_RP_NAME = "Earshot"
OTP_WEBAUTHN_RP_ID = "localhost"
OTP_WEBAUTHN_ALLOWED_ORIGINS = ["http://localhost:8000"]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_WEBAUTHN_EXCEPTION_LOGGER_NAME = ""
# Wrong passwords are counted for a name at one address, so that nobody can lock out a colleague from elsewhere.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "cms.desk.signing_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "surveys.answering.guessing.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# A sign-in is over after so long without a click, and in any case after SESSION_COOKIE_AGE.
EARSHOT_IDLE_SECONDS = 60 * 60
EARSHOT_IDLE_SECONDS_SHARED = 10 * 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
# Respondents' languages. The desk is in English; which languages a survey has, its edition says.
LANGUAGES = list(RESPONDENTS_LANGUAGES.items())
LOCALE_PATHS = [BASE_DIR / "locale"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]
WAGTAIL_I18N_ENABLED = True

STATIC_URL = "/static/"
# No other site needs them, and every line of a reply takes its time on a slow phone.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = BASE_DIR / "static-collected"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("EARSHOT_MEDIA") or BASE_DIR / "media")

WAGTAIL_SITE_NAME = "Earshot"
# Nothing here may tell anybody else's server who is at work.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.workflow.finishing.finish"
WAGTAILADMIN_BASE_URL = os.environ.get("EARSHOT_ADDRESS", "http://127.0.0.1:8000")
# Who sends invitations and new passwords.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "yes") == "yes"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "Earshot <earshot@localhost>")
# Text messages that something waits, through GOV.UK Notify; without a key and a template only e-mails are sent.
EARSHOT_NOTIFY_API_KEY = optional("EARSHOT_NOTIFY_API_KEY")
EARSHOT_NOTIFY_TEMPLATE = os.environ.get("EARSHOT_NOTIFY_TEMPLATE", "")
EARSHOT_NOTIFY_ADDRESS = os.environ.get("EARSHOT_NOTIFY_ADDRESS", "https://api.notifications.service.gov.uk")
X_FRAME_OPTIONS = "DENY"
# Nothing is told to other sites. "no-referrer" would make our own forms arrive with the origin "null".
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 10
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin reads it
CSRF_FAILURE_VIEW = "feedback.config.refusing.no_cookie_came_back"
# No page of another site uses our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False


def of_files(headers, path: str, url: str) -> None:
    """What stands on a static file, to which the policies of pages are not added: it is what it says.

    Previews at the desk stand in a frame that belongs to no site, so any site may use these files; nothing of anybody
    is in them.
    """
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"


WHITENOISE_ADD_HEADERS_FUNCTION = of_files
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
# How long a query of the web server may take, on PostgreSQL; commands, which close a nation's quarter, take their time.
EARSHOT_QUERY_SECONDS = int(os.environ.get("EARSHOT_QUERY_SECONDS") or 60)

# --- What staff may put in (for the founder: this block came with the areas) ---
# What one request may carry with its files, in bytes (a page of questions has dozens of recordings); what is more is
# dropped while it arrives.
EARSHOT_UPLOAD_MAX_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "feedback.config.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The processes that show public pages may run as another user, who has to be able to open what these put in. Who comes
# near at all, the folder above says.
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
WAGTAILIMAGES_IMAGE_MODEL = "pages.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.pages.upload_forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "pages.PublicDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.pages.upload_forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "pdf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# --- end of what staff may put in ---

# What a device may send in one response, in bytes; words are limited per item as well.
EARSHOT_RESPONSE_MAX_BYTES = 64 * 1024
# The same words as a form: it writes each byte of a letter beyond ASCII as three, so ’ takes nine.
EARSHOT_FORM_MAX_BYTES = 3 * EARSHOT_RESPONSE_MAX_BYTES
# Parameters of protection that differ from the national floor; a weaker one stops the start.
EARSHOT_PROTECTION: dict = {}
# Who is called when a child may be in danger and no area names anybody.
EARSHOT_SAFEGUARDING_CONTACT = os.environ.get("EARSHOT_SAFEGUARDING_CONTACT", "")
# Whether this process shows public pages and nothing else; only production knows such processes.
EARSHOT_PUBLIC_ONLY = False
# Whether a proxy of ours stands in front and says in X-Forwarded-For where a request comes from.
EARSHOT_BEHIND_PROXY = False
# What a program shows that reads /metrics; without it there is nothing there.
EARSHOT_METRICS_TOKEN = optional("EARSHOT_METRICS_TOKEN")
EARSHOT_QUICK_EXIT_ADDRESS = "https://www.bbc.co.uk/weather"

# What a report of an error may hold of a request: no word.
DEFAULT_EXCEPTION_REPORTER_FILTER = "feedback.config.logs.WithoutWords"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_addresses": {"()": "feedback.config.addresses_in_logs.WithoutAddresses"}},
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}, "line": {"format": "%(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "lines": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Who did what and who looked, a line of JSON each: to be kept on another machine.
        "earshot.log": {"handlers": ["lines"], "level": "INFO", "propagate": False},
        # Django would mail reports to ADMINS; what was raised can quote what was sent, so it goes nowhere but here.
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Request lines would hold addresses of respondents' pages.
        "django.server": {"handlers": [], "propagate": False},
        # A line for every page that is indexed tells nobody anything.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # Its lines hold sign-in names and addresses.
        "axes": {"level": "CRITICAL"},
        # Its warnings name the address, and an address of a respondent's page holds the id of a response.
        "django.security.csrf": {"level": "ERROR"},
        "django.request": {
            "handlers": ["console"],
            "level": "ERROR",
            "propagate": False,
            "filters": ["without_addresses"],
        },
    },
}
