"""基础设置: what is true wherever Touchstone runs?

Environment: `DATABASE_URL`, `TOUCHSTONE_STATE` (data folder), `TOUCHSTONE_MODE` (`production`, the default, or `demo`),
`TOUCHSTONE_HOSTS` (comma-separated names), `TOUCHSTONE_PUBLIC_URL` (address printed into QR codes), `TOUCHSTONE_FORMER_URLS` (those it was before),
`TOUCHSTONE_SECRETS` (folder with the secret keys; made on first start), `TOUCHSTONE_CITY_ROOT` (file with the city root key),
`TOUCHSTONE_LOG` (folder of the public logs, which any web server may serve), `TOUCHSTONE_WITNESSES` (`address key` of each witness, parted by
commas).
"""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from touchstone.settings.database import ROOT, database_settings, state_dir
from touchstone.settings.secrets import secret

STATE_DIR = state_dir()
WEB = ROOT / "touchstone" / "web"
DEMO = os.environ.get("TOUCHSTONE_MODE", "production") == "demo"
DEBUG = False
SECRETS_DIR = Path(os.environ.get("TOUCHSTONE_SECRETS", STATE_DIR / "secrets"))
SECRET_KEY = secret(SECRETS_DIR, "django", 48)
FIELD_KEY = secret(SECRETS_DIR, "fields", 32)
CITY_ROOT_FILE = Path(os.environ.get("TOUCHSTONE_CITY_ROOT", SECRETS_DIR / "city_root"))
LOG_DIR = Path(os.environ.get("TOUCHSTONE_LOG", STATE_DIR / "log"))
LOG_WITNESSES = [one.split() for one in os.environ.get("TOUCHSTONE_WITNESSES", "").split(",") if one.strip()]
LOG_KEY_FILE = SECRETS_DIR / "log"
ALLOWED_HOSTS = os.environ.get("TOUCHSTONE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PUBLIC_URL = os.environ.get("TOUCHSTONE_PUBLIC_URL", "http://127.0.0.1:8000")
FORMER_PUBLIC_URLS = os.environ.get("TOUCHSTONE_FORMER_URLS", "").split()
DATABASES = {} if os.environ.get("TOUCHSTONE_NO_DATABASE") else {"default": database_settings()}

INSTALLED_APPS = [
    "touchstone.logs",
    "touchstone.ledger",
    "touchstone.accounts",
    "touchstone.parameters",
    "touchstone.files",
    "touchstone.tasks",
    "touchstone.notices",
    "touchstone.catalogue",
    "touchstone.bodies",
    "touchstone.systems",
    "touchstone.guidance",
    "touchstone.certificates",
    "touchstone.experts",
    "touchstone.questions",
    "touchstone.calls",
    "touchstone.filings",
    "touchstone.appointments",
    "touchstone.exams",
    "touchstone.uploads",
    "touchstone.revocations",
    "touchstone.monitoring",
    "touchstone.inspections",
    "touchstone.complaints",
    "touchstone.violations",
    "touchstone.grading",
    "touchstone.enforcement",
    "touchstone.insight",
    "touchstone.jobs",
    "touchstone.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_cotton",
    "django_tables2",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "touchstone.web.away.AwayMiddleware",
    "touchstone.web.size.SizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "touchstone.web.middleware.DoorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "touchstone.urls"
WSGI_APPLICATION = "touchstone.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "touchstone.web.context.door",
            ],
        },
    }
]
FORM_RENDERER = "touchstone.web.forms.Renderer"
COTTON_DIR = "cotton"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "touchstone.accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/home"
ACCOUNT_ADAPTER = "touchstone.web.public.login.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USERNAME_MIN_LENGTH = 2
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "试金石"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STATIC_ROOT = ROOT / ".setup" / "static"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO and not os.environ.get("TOUCHSTONE_PLAIN_HTTP")
SESSION_COOKIE_AGE = 8 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
