"""Django's settings. Everything that differs between machines comes from `upswing.config`."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django.forms

from upswing import config
from upswing.vault import names

CONFIG = config.load(os.environ)
WEB = Path(__file__).parent / "web"

# Cookies are signed anew by each worker, so a lock (which ends the worker) ends every session.
SECRET_KEY = secrets.token_hex(32)
DEBUG = False
ALLOWED_HOSTS = ["*"]  # upswing.web.gate compares the whole Host header, port included

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "upswing",
]
MIDDLEWARE = [
    "upswing.web.headers.HeadersMiddleware",
    "upswing.web.gate.GateMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "upswing.web.person.PersonMiddleware",
    "upswing.web.access.AccessMiddleware",
]
ROOT_URLCONF = "upswing.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates", Path(django.forms.__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csrf",
                "upswing.web.page.context",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _vault(home: str) -> dict[str, Any]:
    return {
        "ENGINE": "upswing.vault.backend",
        "NAME": str(Path(home) / names.DATABASE),  # the backend asks the header which it is now
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
        "TEST": {"NAME": os.environ.get("UPSWING_TEST_DATABASE")},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
    }


DATABASES = {
    "default": _postgresql(CONFIG.database) if CONFIG.database else _vault(str(CONFIG.home))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en-gb"

STATIC_URL = "static/"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Uploads stay in memory: a temporary file would lie on the disk in the clear.
FILE_UPLOAD_HANDLERS = ["upswing.web.uploads.CappedMemoryUploadHandler"]
# More text than this is refused unread: no browser could show the form again with all of it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000

CSRF_COOKIE_NAME = "upswing_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "upswing.web.errors.forgery"
SECURE_CONTENT_TYPE_NOSNIFF = False  # upswing.web.headers sets every header, in one place

# What people write must not reach a log, nor may addresses; the doors print their own sentences.
LOGGING_CONFIG = None
logging.getLogger().addHandler(logging.NullHandler())
