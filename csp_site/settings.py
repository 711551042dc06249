"""The one settings file. What differs between installations comes from the environment: see `.env.example`."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from csp import constants as csp
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# What is in the environment goes before what is in the file; ENV_FILE= (nothing) reads no file.
if _file := os.environ.get("ENV_FILE", str(BASE_DIR / ".env")):
    env.read_env(_file)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Copy .env.example to .env and fill it in, or run 'make demo'.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("HTTPS", default=True)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

ROOT_URLCONF = "csp_site.urls"
WSGI_APPLICATION = "csp_site.wsgi.application"

INSTALLED_APPS = [
    "csp_site",
    "priorities",
    "performance",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "simple_history",
    "csp_site.owner.OwnersAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "csp_site.middleware.permissions_policy",
    "csp_site.bodies.BodyLimit",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "performance.public_pages.kept_pages",  # what every reader gets alike, as it left the middleware below
    "csp_site.middleware.private_when_signed_in",
    "django.middleware.gzip.GZipMiddleware",  # pads each answer by chance, so that its length tells nothing
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "csp_site.middleware.second_step_for_administrators",
    "simple_history.middleware.HistoryRequestMiddleware",  # who changed a row of the history
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp_site.accounts.mfa.second_step_is_required",
                "csp_site.accounts.single_sign_on.single_sign_on",
            ],
        },
    }
]

# Database -------------------------------------------------------------------------------------------------------------

_SQLITE_FILE = BASE_DIR / "var" / "db.sqlite3"
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{quote(str(_SQLITE_FILE))}")}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    if _database["NAME"] != ":memory:":
        Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    _database["TEST"] = {"NAME": BASE_DIR / "var" / "test.sqlite3"}  # a file: in memory there is no WAL to test
    # Without IMMEDIATE two writers fail with "database is locked"; WAL lets readers go on while one writes.
    _database["OPTIONS"] = _database.get("OPTIONS", {}) | {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # A lock waits for ever by default; two seconds, then the reader is asked to try again. Long commands, such as the
    # migration of a large table, are run with STATEMENT_TIMEOUT=0.
    _statement = env.int("STATEMENT_TIMEOUT", default=15_000)
    _given = _database.get("OPTIONS", {})  # DATABASE_URL may bring its own, such as sslmode
    _limits = f"-c lock_timeout=2000 -c statement_timeout={_statement} {_given.get('options', '')}".strip()
    _database["OPTIONS"] = {"connect_timeout": 3} | _given | {"options": _limits}

_database["CONN_MAX_AGE"] = env.int("DATABASE_CONNECTION_AGE", default=60)
_database["CONN_HEALTH_CHECKS"] = True

# Shared by all workers, so that the throttling of sign-in counts every guess.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Beyond so many entries some are dropped, and with them the count of somebody's guesses.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# In each process, what readers asked for last, by the edition of what is published; 0 works every page out anew.
KEPT_PAGES_MEGABYTES = env.int("KEPT_PAGES_MEGABYTES", default=32)

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# People ---------------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SECRET_KEY_FALLBACKS = env.list("OLD_SECRET_KEYS", default=[])
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "csp_site.accounts.passwords.VariedPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "csp_site.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, who knows the address
ACCOUNT_FORMS = {
    "login": "csp_site.accounts.forms.SignInForm",
    "reauthenticate": "csp_site.accounts.forms.ConfirmForm",
    "change_password": "csp_site.accounts.forms.ChangePasswordForm",
    "set_password": "csp_site.accounts.forms.SetPasswordForm",
    "reset_password": "csp_site.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "csp_site.accounts.forms.NewPasswordForm",
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, all others end
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/5m/ip",
    "login_failed": "10/5m/key,30/5m/ip",
    "reset_password": "20/5m/ip,5/5m/key",
    "reset_password_from_key": "20/5m/ip",
    "change_password": "5/5m/user",
}
# A second step: whoever wants it, and administrators where the installation asks for it.
MFA_ADAPTER = "csp_site.accounts.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Community safety performance"
MFA_FORMS = {
    "activate_totp": "csp_site.accounts.mfa_forms.AppCodeForm",
    "authenticate": "csp_site.accounts.mfa_forms.SecondStepForm",
    "add_webauthn": "csp_site.accounts.mfa_forms.AddPasskeyForm",
    "authenticate_webauthn": "csp_site.accounts.mfa_forms.PasskeyStepForm",
    "login_webauthn": "csp_site.accounts.mfa_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "csp_site.accounts.mfa_forms.PasskeyConfirmForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
ADMINISTRATORS_NEED_SECOND_STEP = env.bool("ADMINISTRATORS_NEED_SECOND_STEP", default=False)

# Single sign-on with a council's own accounts. It lets in who was invited, found by an address that it vouches for.
OIDC_NAME = env.str("OIDC_NAME", default="your council account")
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
SOCIALACCOUNT_ADAPTER = "csp_site.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        # Entra does not say whether it has verified an address: it vouches for those of its own directory.
        "VERIFIED_EMAIL": env.bool("OIDC_VOUCHES_FOR_ADDRESSES", default=False),
        "APPS": [
            {
                "provider_id": "council",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}
# The number of proxies of our own in front: an address in X-Forwarded-For beyond them is the sender's invention.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if BEHIND_PROXY else 0)

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Whoever sends an e-mail does not wait for the mail server: it goes out in the background.
MAIL_TRANSPORT = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "background.mail.BackgroundBackend"
WORK_BESIDE_REQUESTS = True
EMAIL_TIMEOUT = 20  # seconds, or a mail server that is silent would hold up all other e-mails
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", default="community-safety@localhost")
ADMINS = [("Owner", address) for address in env.list("ERROR_EMAILS", default=[])]

# Security -------------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# With the prefix a browser takes them over https alone, from this very host, for no other path.
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_prefix}sessionid", f"{_prefix}csrftoken"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "csp_site.sessions"
CSRF_COOKIE_AGE = None  # ends with the browser's session
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# A passkey is used on our own pages, and a link copied; everything else is closed.
_CLOSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gamepad", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_OWN = ("clipboard-write", "fullscreen", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY = ", ".join([f"{name}=()" for name in _CLOSED] + [f"{name}=(self)" for name in _OWN])
CSRF_FAILURE_VIEW = "csp_site.errors.csrf_failure"


def _origin(address: str) -> str:
    """https://login.example.org of an address; nothing of none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


# plotly.js adds one empty <style> element, whose hash this is; everything else comes from our own address.
_EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.NONE],
        "script-src": [csp.SELF],
        "style-src": [csp.SELF, _EMPTY_STYLE],
        "img-src": [csp.SELF, "data:", "blob:"],
        "font-src": [csp.SELF],
        "connect-src": [csp.SELF],
        # A form that leads on to the single sign-on is sent there as well.
        "form-action": [csp.SELF, *([_sign_on] if (_sign_on := _origin(OIDC_SERVER_URL)) else [])],
        "frame-ancestors": [csp.NONE],
        "base-uri": [csp.NONE],
    }
}

# Pages ----------------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_CLASS_CONVERTERS = {
    "textinput": "govuk-input",
    "emailinput": "govuk-input",
    "passwordinput": "govuk-input govuk-password-input__input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "dateinput": "govuk-input",
    "numberinput": "govuk-input",
    "checkboxinput": "govuk-checkboxes__input",
}
CRISPY_FAIL_SILENTLY = False

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "vendor"]
STATIC_ROOT = BASE_DIR / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

logging.raiseExceptions = DEBUG  # or a line that cannot be written is printed with all that it is about
SECURITY_LOG = env.str("SECURITY_LOG", default=str(BASE_DIR / "var" / "security.log"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # What stands in a line, and what never does: csp_site/logs.py.
    "formatters": {
        "line": {"()": "csp_site.logs.Line", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "filters": {"outages_seldom": {"()": "csp_site.logs.OutagesSeldom"}},
    "handlers": {
        # Moved aside by logrotate, it goes on in a new file.
        "security_file": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": SECURITY_LOG,
            "delay": True,
            "encoding": "utf-8",
        },
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages_seldom"]},
        "error_mail": {"class": "csp_site.error_mail.ErrorMail", "formatter": "line", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "error_mail"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django brings a mail of its own, with all that was typed.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "security": {"handlers": ["security_file"], "level": "INFO", "propagate": False},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "csp_site.logs.NothingOfTheRequest"
