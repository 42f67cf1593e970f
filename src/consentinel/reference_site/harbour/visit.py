"""Reads what the shop knows about one request."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import Request

from consentinel.reference_site import consent, content
from consentinel.reference_site.hosts import Place

LANGUAGE_COOKIE = "harbour_lang"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, read: where it arrived, what the visitor chose, and in which language they read."""

    place: Place
    choice: consent.Choice | None
    """The stored choice about cookies, ``None`` before there is one."""
    language: str
    port: int

    def url(self, host: str, path: str = "/") -> str:
        """Return an address on any host of this server."""
        return f"https://{host}:{self.port}{path}"

    def granted(self, category: str) -> bool:
        """Return whether the visitor granted a category."""
        return consent.granted(self.choice, category)


def visit(request: Request) -> Visit:
    """Read a request of the shop."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    spoken = content.preferred(request.headers.get("accept-language", ""))
    return Visit(
        place=request.scope["place"],
        choice=consent.of(request.cookies),
        language=chosen if chosen in content.LANGUAGES else spoken,
        port=request.url.port or 443,
    )


async def form(request: Request) -> dict[str, str]:
    """Return the fields of a submitted form, the last of each name."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


def local_path(value: str | None, default: str) -> str:
    """Return a path on this site to go on to; anything that could lead elsewhere becomes the default."""
    if not value or not value.startswith("/") or value.startswith(("//", "/\\")):
        return default
    return value
