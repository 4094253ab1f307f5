"""Django's settings. What an operator may change is read in `environment`; the rest is decided here."""

import os
from pathlib import Path

from amends.server import environment
from amends.server.databases import database
from amends.server.logs import logging

ENV = environment.read(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = list(ENV.hosts)
AMENDS_URL = ENV.url
AMENDS_DATA = ENV.data
AMENDS_FRAME_ORIGINS = ENV.frame_origins

ROOT_URLCONF = "amends.server.urls"
WSGI_APPLICATION = "amends.server.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(ENV.database_url)}
# Shared by all processes without a further service; holds counters of log-in attempts and of complaints. It has room
# for far more than anybody can fill it with: what is pushed out would let them try again. `amends up` makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "amends_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "amends.store",
    "amends.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "amends.server.staticfiles.Serving",
    "amends.server.middleware.guard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "amends.server.languages.speak",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "amends.server.presence.presence",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        # Each channel keeps its own templates in its own folder.
        "DIRS": [PACKAGE / "desk" / "templates", *sorted((PACKAGE / "channels").glob("*/templates"))],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "amends.server.jinja.environment",
            "context_processors": ["amends.server.jinja.voice"],
        },
    },
    {
        # For the few small texts of allauth that the desk does not replace.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

# Language and time. Times are kept in UTC and shown in the zone of whoever looks.
# Customers read theirs, by its own name; the staff's pages are in LANGUAGE_CODE.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: collected, hashed and compressed by `amends up`; straight from the package until then.
STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(ENV.data / "blobs"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "amends.server.staticfiles.Collected"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# People and their sessions. Staff are made by an admin or by the command line; nobody signs up.
AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "amends.server.accounts.StaffOnly"
ACCOUNT_FORMS = {
    "login": "amends.server.accounts.LogIn",
    "change_password": "amends.server.accounts.ChangePassword",
    "reset_password": "amends.server.accounts.AskForReset",
    "reset_password_from_key": "amends.server.accounts.ResetPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENV.https else "http"
# Per address and per account: slow enough against guessing, generous to a bad morning.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds, counted from the last visit; `presence` moves it on
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ENV.url] if ENV.https else []
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

# The wire. The other headers are in `middleware.guard`.
SESSION_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ENV.proxy_https_header
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# What may be sent to us: text, and of that no more than a very long letter; files only where a page takes them.
FILE_UPLOAD_HANDLERS = ["amends.server.uploads.FewFiles"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20  # the form that takes some says how many, and kindly

# Mail of the desk itself, and the way out for the e-mail channel.
EMAIL_BACKEND = ENV.mail.backend
EMAIL_HOST = ENV.mail.host
EMAIL_PORT = ENV.mail.port
EMAIL_HOST_USER = ENV.mail.user
EMAIL_HOST_PASSWORD = ENV.mail.password
EMAIL_USE_TLS = ENV.mail.starttls
EMAIL_USE_SSL = ENV.mail.tls
EMAIL_TIMEOUT = 20  # seconds
EMAIL_FILE_PATH = str(ENV.data / "outgoing")
DEFAULT_FROM_EMAIL = ENV.mail_from
SERVER_EMAIL = ENV.mail_from
ANYMAIL = ENV.anymail

LOGGING = logging(debug=DEBUG)
