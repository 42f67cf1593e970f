"""The sites of django-cookie-consent and djangocms-cookie-love: a Django project, whose packages lie in a folder."""

from __future__ import annotations

import secrets
import sys
import tempfile
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from tests.site.deployment import hosts
from tests.site.deployment.pages import render

GROUPS = (
    ("required", "Necessary cookies", "They keep your choice.", True, ()),
    ("analytics", "Statistics", "They count visits.", False, (("_count", ""),)),
    ("social", "Social networks", "They show the share buttons.", False, ()),
    ("advertising", "Advertising", "They choose advertisements.", False, (("_banner", ""),)),
)
"""The groups of cookies as an editor of the site has entered them."""

NAMED = (("Essential", "essential"), ("Analytics", "analytics"), ("Social media", "social"), ("Marketing", "marketing"))
"""The same for djangocms-cookie-love: what each is called, and its key."""

DIALOG = "{% load cookie_love_tags %}{% cookie_love_banner %}"
"""What a template of a site of djangocms-cookie-love holds at its end."""

APPS = (
    "contrib.contenttypes",
    "contrib.auth",
    "contrib.sites",
    "contrib.sessions",
    "contrib.messages",
    "contrib.admin",
)

KEPT = ("cookie_consent", "cookie_love_consent")
"""The cookies with the choice."""

MARK = "<!-- settings -->"
BASE = "{{ before|safe }}{% block body %}{% endblock %}{{ after|safe }}"


def django_site(packages: Path) -> ASGIApp:
    """Both sites as an application; `packages` is the folder with Django and the packages."""
    if str(packages) not in sys.path:
        sys.path.append(str(packages))
    django, conf = import_module("django"), import_module("django.conf")
    if not conf.settings.configured:
        conf.settings.configure(**_settings())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the packages use of one another will go some day
            django.setup()
            import_module("django.core.management").call_command("migrate", verbosity=0)
        _enter_groups()
        _enter_named()
    site: ASGIApp = import_module("django.core.asgi").get_asgi_application()
    return site


def _settings() -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="test-django-"))
    return {
        "SECRET_KEY": secrets.token_hex(),
        "ALLOWED_HOSTS": ["*"],
        "DEBUG_PROPAGATE_EXCEPTIONS": True,
        "ROOT_URLCONF": _Routes(),
        "INSTALLED_APPS": [
            *(f"django.{name}" for name in APPS),
            *("cms", "menus", "treebeard", "sekizai", "djangocms_cookie_love", "cookie_consent"),
        ],
        "CMS_CONFIRM_VERSION4": True,
        "SITE_ID": 1,
        "LANGUAGES": [("en", "English")],
        "LANGUAGE_CODE": "en",
        "STATIC_URL": "/cookie-love/",
        "MIDDLEWARE": [
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "cookie_consent.middleware.CleanCookiesMiddleware",
        ],
        "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "site.sqlite3")}},
        "DEFAULT_AUTO_FIELD": "django.db.models.AutoField",
        "TEMPLATES": [_templates()],
        "CSRF_COOKIE_SECURE": True,
        "COOKIE_CONSENT_SECURE": True,
        "COOKIE_CONSENT_LOG_ENABLED": False,
    }


def around(request: Any) -> dict[str, str]:
    """What stands before and after the package's own list of cookies on their page."""
    before, _, after = _page(request, "/cookies")[1].partition(MARK)
    return {"before": before, "after": after}


def _templates() -> dict[str, Any]:
    loaders = [
        ("django.template.loaders.locmem.Loader", {"cookie_consent/base.html": BASE}),
        "django.template.loaders.app_directories.Loader",
    ]
    processors = ["django.template.context_processors.request", f"{__name__}.around"]
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": loaders, "context_processors": processors},
    }


class _Routes:
    """The addresses, which Django looks up once it is set up."""

    @property
    def urlpatterns(self) -> list[Any]:
        urls = import_module("django.urls")
        return [
            urls.path("cookies/", urls.include("cookie_consent.urls")),
            urls.path("choice/", urls.include("djangocms_cookie_love.urls")),
            urls.re_path("", _answer),
        ]


def _answer(request: Any) -> Any:
    status, text = _page(request, request.path)
    answer = import_module("django.http").HttpResponse(text, status=status, headers={"Cache-Control": "no-store"})
    if "choice-forgotten" in _place(request).manners:
        for name in KEPT:
            answer.delete_cookie(name)
    return answer


def _place(request: Any) -> hosts.Place:
    place = hosts.place_of(request.get_host().partition(":")[0])
    assert place is not None
    return place


def _page(request: Any, path: str) -> tuple[int, str]:
    place = _place(request)
    return render(place, path, int(request.get_port()), **PARTS[place.manager](request))


def _with_groups(request: Any) -> dict[str, object]:
    util = import_module("cookie_consent.util")
    groups = import_module("cookie_consent.models").CookieGroup.objects.all()
    return {
        "groups": [group.for_json() for group in groups],
        "accepted": [group.varname for group in util.get_accepted_cookie_groups(request)],
        "decided": not util.get_not_accepted_or_declined_cookie_groups(request),
    }


def _with_dialog(request: Any) -> dict[str, object]:
    engine = import_module("django.template").engines["django"]
    token = import_module("django.middleware.csrf").get_token(request)
    return {"dialog": engine.from_string(DIALOG).render({"csrf_token": token})}


PARTS = {"django-cookie-consent": _with_groups, "djangocms-cookie-love": _with_dialog}
"""What the pages of each manager's site show beside what all sites show."""


def _enter_groups() -> None:
    models = import_module("cookie_consent.models")
    for number, (name, title, description, is_required, cookies) in enumerate(GROUPS):
        group = models.CookieGroup.objects.create(
            varname=name,
            name=title,
            description=description,
            is_required=is_required,
            is_deletable=True,
            ordering=number,
        )
        for cookie, domain in cookies:
            models.Cookie.objects.create(cookiegroup=group, name=cookie, domain=domain)


def _enter_named() -> None:
    models = import_module("djangocms_cookie_love.models")
    settings = models.CookieConsentConfig.objects.create(privacy_policy_url="/cookies")
    for number, (title, name) in enumerate(NAMED):
        settings.cookie_groups.create(name=title, slug=name, is_required=number == 0, order=number)
