"""Django's settings: one file for every machine; what differs comes from `env`."""

import os
from pathlib import Path

from budget.config import env, native
from budget.config.packages import PACKAGES

BASE_DIR = Path(__file__).resolve().parents[2]
ENVIRONMENT = env.environment(BASE_DIR, os.environ)

# Both before anything imports WeasyPrint.
env.use_private_fonts(BASE_DIR)
native.preload(BASE_DIR / "build" / "native")

DEBUG = env.flag(ENVIRONMENT, "DEBUG")
SECRET_KEY = env.secret_key(ENVIRONMENT)
ALLOWED_HOSTS = env.words(ENVIRONMENT, "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words(ENVIRONMENT, "CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    *PACKAGES,
    "import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "budget.config.security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
            ],
        },
    },
]

DATABASES = {"default": env.database(ENVIRONMENT, BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Served by WhiteNoise straight from the folders above; a web server in front may want them copied.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = ENVIRONMENT.get("STATIC_ROOT")

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# The files of each release: made once, never changed, served as downloads.
MEDIA_ROOT = env.folder(ENVIRONMENT, "MEDIA_ROOT", BASE_DIR / "var" / "releases")
MEDIA_URL = "/media/"

# Django's own default says nothing of an error once DEBUG is off.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO"}},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
