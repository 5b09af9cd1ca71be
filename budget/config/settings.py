"""Django's settings: one file for every machine; what differs comes from `env`."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from budget.config import env, logs, native, site
from budget.config.packages import PACKAGES

BASE_DIR = Path(__file__).resolve().parents[2]
ENVIRONMENT = env.environment(BASE_DIR, os.environ)

# Both before anything imports WeasyPrint.
env.use_private_fonts(BASE_DIR)
native.preload(BASE_DIR / "build" / "native")

DEBUG = env.flag(ENVIRONMENT, "DEBUG")
DEMO = env.flag(ENVIRONMENT, "DEMO")
HTTPS = env.flag(ENVIRONMENT, "HTTPS", default=not (DEBUG or DEMO))
ADMIN = env.flag(ENVIRONMENT, "ADMIN", default=DEBUG or DEMO)
SECRET_KEY = env.secret_key(ENVIRONMENT)
ALLOWED_HOSTS = env.words(ENVIRONMENT, "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words(ENVIRONMENT, "CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    *PACKAGES,
    "import_export",
    "rest_framework",
    *(["django.contrib.admin"] if ADMIN else []),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "budget.config.requests.Told",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "budget.config.security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "budget.access.sessions.SessionLimits",
    "budget.config.requests.ForWhom",
    "allauth.account.middleware.AccountMiddleware",
    "budget.access.gate.Gate",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "budget.config.urls"
WSGI_APPLICATION = "budget.config.wsgi.application"

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
                "budget.access.masthead.person",
                "budget.portal.site.site",
            ],
        },
    },
]

# Pages of the public are found under what they depend on, and so never have to be cleared; each
# process keeps some (about 100 KB each).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 86_400,
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}

# Who runs the site, as its pages say it.
SITE = site.site(ENVIRONMENT)

DATABASES = {"default": env.database(ENVIRONMENT, BASE_DIR)}

# Files of releases are made beside the site: on PostgreSQL by the workers of a queue
# (`manage.py procrastinate worker`), on SQLite by a process that the site starts itself.
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS.append("procrastinate.contrib.django")
    PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
    PROCRASTINATE_IMPORT_PATHS = ["budget.jobs.tasks"]
START_JOBS = env.flag(ENVIRONMENT, "START_JOBS", default=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_DAYS = env.count(ENVIRONMENT, "PASSWORD_DAYS", 90)
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "budget.access.passwords.KindsOfSigns"},
    {"NAME": "budget.access.passwords.NotUsedBefore"},
]

# Signing in: accounts are made by the system administrator, never by visitors.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:own"
ACCOUNT_ADAPTER = "budget.access.signing_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "budget.access.signing_in.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
# axes counts failures, in the database; a whole office behind one address signs in at nine.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "部门预算"
MFA_FORMS = {
    "authenticate": "budget.access.second_factor.AuthenticateForm",
    "reauthenticate": "budget.access.second_factor.ReauthenticateForm",
}
REQUIRE_TOTP = env.roles(ENVIRONMENT, "REQUIRE_TOTP")

PROXIES = env.count(ENVIRONMENT, "PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
AXES_CLIENT_IP_CALLABLE = "budget.access.signing_in.address"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "budget.access.answers.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
# Who signed in when and from where: six months by law, and personal data no longer than needed.
ACCESS_DAYS = env.count(ENVIRONMENT, "ACCESS_DAYS", 190, least=184)

# Sessions live in the database alone: one that is ended is ended in every process at once.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE = 60 * env.count(ENVIRONMENT, "IDLE_MINUTES", 30)
SESSION_COOKIE_AGE = 3600 * env.count(ENVIRONMENT, "SESSION_HOURS", 12)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_SSL_REDIRECT = HTTPS
# Containers and balancers ask inside the house, by plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# A proxy of ours sets the header itself; without one anybody could.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # The pictures of the guides stand beside their text.
    ("guide", BASE_DIR / "docs" / "images" / "guide"),
]
# Served by WhiteNoise straight from the folders above; a web server in front may want them copied.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = ENVIRONMENT.get("STATIC_ROOT")

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# The files of each release: made once, never changed, served as downloads.
MEDIA_ROOT = env.folder(ENVIRONMENT, "MEDIA_ROOT", BASE_DIR / "var" / "releases")
MEDIA_URL = "/media/"

# No file that anybody sends is kept beyond this, whatever the page (bytes).
LARGEST_UPLOAD = 20 * 2**20
# A sheet that is sent whole, without a script, has a field for each cell.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_HANDLERS = [
    "budget.config.uploads.AtMost",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Files that never leave the house: the basis of projects, 批复. No address serves them directly.
INSIDE_ROOT = env.folder(ENVIRONMENT, "INSIDE_ROOT", BASE_DIR / "var" / "inside")

# Where `manage.py backup` writes, better on another disk than the database.
BACKUP_ROOT = env.folder(ENVIRONMENT, "BACKUP_ROOT", BASE_DIR / "var" / "backups")

# One line of JSON for each request and each act; plain text where people watch it.
LOGGING = logs.logging(lines=env.flag(ENVIRONMENT, "LOG_LINES", default=not (DEBUG or DEMO)))

# The public's interface for programs: budget/api. Nothing else is built with REST framework.
API_PER_MINUTE = env.count(ENVIRONMENT, "API_PER_MINUTE", 300)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_THROTTLE_CLASSES": ["budget.api.throttling.PerMinute"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "budget.api.negotiation.ByParameter",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "budget.api.errors.answered",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "部门预算公开数据接口",
    "DESCRIPTION": "已公开的部门预算：各表、各数、文字说明与科目。只读，无须登录。",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enum_id_removal"],
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "TAGS": [{"name": each} for each in ("名录", "版本", "一版的内容", "科目")],
}

SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
