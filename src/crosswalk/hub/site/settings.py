"""Django's own settings, all derived from what a site can set (`config.py`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pgtrigger
from csp.constants import NONCE, NONE, SELF

import crosswalk
from crosswalk.core.finding import report
from crosswalk.hub.access import providers
from crosswalk.hub.site import logs, mail
from crosswalk.hub.site.config import site
from crosswalk.hub.site.database import addresses

SITE = site()
HUB = Path(__file__).resolve().parents[1]
ROOMS = (
    "pages",
    "journal",
    "access",
    "jobs",
    "network",
    "intake",
    "people",
    "coverage",
    "consent",
    "answers",
    "finding",
    "referrals",
    "care",
    "seeking",
    "runs",
    "home",
    "site",
)

SECRET_KEY = SITE.secret()
DEBUG = SITE.debug and SITE.invented
ALLOWED_HOSTS = SITE.allowed_hosts
ROOT_URLCONF = "crosswalk.hub.site.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = addresses(SITE).django()
USE_TZ = True
TIME_ZONE = "America/Los_Angeles"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    *(f"crosswalk.hub.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "crosswalk.hub.site.logs.Requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "crosswalk.hub.pages.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crosswalk.hub.access.idle.IdleLock",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HUB / room / "templates" for room in ROOMS],
        "OPTIONS": {"environment": "crosswalk.hub.pages.environment.environment", "autoescape": True},
    },
    {  # only for the sign-in pages that allauth brings
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HUB / "access" / "sign_in"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crosswalk.hub.access.demo.offered",
                "crosswalk.hub.access.through.offered",
            ]
        },
    },
]

# --- languages -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [HUB / "pages" / "locale"]
LANGUAGE_COOKIE_NAME = "language"

# --- files that pages need -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = SITE.folder / "static"
STATICFILES_DIRS = [HUB / "pages" / "static", ("type", Path(str(report.__path__[0])) / "type")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A file of the page of deliveries goes straight to where it is read from; Django's own two take all others.
FILE_UPLOAD_HANDLERS = [
    "crosswalk.hub.intake.arriving.Arriving",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- who may come in -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.Worker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "crosswalk.hub.access.sign_up.NobodySignsUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator enters the address; nobody signs up
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_DISPLAY = "crosswalk.hub.access.models.called"
MFA_ADAPTER = "crosswalk.hub.access.sign_up.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address was entered by whoever let the person in, as above
MFA_TOTP_ISSUER = "Crosswalk"
MFA_RECOVERY_CODE_COUNT = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE.https
USERSESSIONS_TRACK_ACTIVITY = False
IDENTITY_PROVIDERS = providers.read(SITE.identity_providers)
SOCIALACCOUNT_ADAPTER = "crosswalk.hub.access.through.AtOrganizations"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # whom an address stands for is decided in access/arrivals.py
SOCIALACCOUNT_STORE_TOKENS = False
globals().update(mail.settings(SITE.mail_server, SITE.folder / "mail", invented=SITE.invented))
DEFAULT_FROM_EMAIL = SITE.mail_from

SESSION_COOKIE_AGE = SITE.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE.https
SESSION_COOKIE_NAME = "__Host-session" if SITE.https else "session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if SITE.https else "csrf"
CSRF_FAILURE_VIEW = "crosswalk.hub.site.views.form_too_old"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SITE.https else []
SECURE_HSTS_SECONDS = 31536000 if SITE.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SSL_REDIRECT = SITE.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SITE.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# --- what is kept of changes, and what is said -------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PGHISTORY_LEVEL = pgtrigger.Statement
PGTRIGGER_MIGRATIONS = True
CROSSWALK_VERSION = crosswalk.__version__
LOGGING_CONFIG = None
logs.configure()
