"""Settings of the web application; every path and secret comes from the environment.

``KECAN_HOME`` (default ``./var``) holds all state of a run. Importing this module
creates nothing but that folder: the secret key is made when it is first used.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from kecan.web.database import database_settings
from kecan.web.secret_key import secret_key

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("KECAN_HOME", "var")).resolve()
with suppress(OSError):  # a read-only checkout can still be type-checked and tested
    HOME.mkdir(mode=0o700, parents=True, exist_ok=True)


def _listed(name: str, default: str = "") -> list[str]:
    return [item for item in os.environ.get(name, default).split(",") if item]


def _is_on(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes"}


DEBUG = _is_on("KECAN_DEBUG")
SECRET_KEY = os.environ.get("KECAN_SECRET_KEY") or secret_key(HOME / "secret-key")
ALLOWED_HOSTS = _listed("KECAN_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _listed("KECAN_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "kecan.web.audit",
    "kecan.web.accounts",
    "kecan.web.glossary",
    "kecan.web.organisation",
    "kecan.web.plans",
    "kecan.web.conferences",
    "kecan.web.paper_count",
    "kecan.web.papers",
    "kecan.web.training",
    "kecan.web.analysis",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "kecan.web.responses.explain_not_allowed",
]

ROOT_URLCONF = "kecan.web.urls"
WSGI_APPLICATION = "kecan.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kecan.web.permissions.template_permissions",
                "kecan.web.navigation.template_navigation",
            ],
        },
    },
]

DATABASES = {
    "default": database_settings(
        url=os.environ.get("DATABASE_URL", ""), file=HOME / "kecan.sqlite3"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# The name authenticate() is called with, not that of the form's field: with another one
# every failure is kept under no name, and a locked account opens again.
AXES_USERNAME_FORM_FIELD = "username"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "csrfmiddlewaretoken"]
AXES_LOCKOUT_CALLABLE = "kecan.web.accounts.views.sign_in_locked"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60  # one working day, in seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kecan.web.accounts.views.csrf_failed"

IS_HTTPS = _is_on("KECAN_HTTPS")
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if IS_HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
FORMAT_MODULE_PATH = ["kecan.web.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = HOME / "media"

# How long a page may search for a slate; after it the best one found is shown with its
# proven gap. A wish about waiting, no rule.
SLATE_SECONDS = float(os.environ.get("KECAN_SLATE_SECONDS", "8"))
JUDGING_SECONDS = float(os.environ.get("KECAN_JUDGING_SECONDS", "20"))

# Scanned ballots: encrypted pictures, their keys, and where a scanner may leave files.
BALLOT_IMAGES = HOME / "ballot-images"
BALLOT_KEYS = HOME / "ballot-keys"
SCANNER_FOLDER = Path(os.environ.get("KECAN_SCANNER_FOLDER") or HOME / "may-quet")
BALLOT_IMAGE_DAYS = int(os.environ.get("KECAN_BALLOT_IMAGE_DAYS", "90"))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # one a line of a long ballot
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000  # one a page, where a scanner writes JPEG
# Large uploads stay out of the disk: they are plain until they are received. The server
# names a folder of its own, which it empties when it starts.
FILE_UPLOAD_TEMP_DIR = os.environ.get("KECAN_PLAIN_UPLOADS") or (
    "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "kecan.web.uploads.UploadWithRoom",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
