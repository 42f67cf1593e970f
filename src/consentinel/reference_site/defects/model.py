"""What a defect is, and the words that the tables of defects are written in."""

from dataclasses import dataclass, replace

from consentinel.reference_site import hosts
from consentinel.reference_site.deployments import (
    SCRIPT_PATH,
    Amend,
    Answer,
    Deployment,
    Patch,
)

CONSENT_SCRIPT = "/static/consent.js"
STYLE = "/static/harbour.css"

_PRELUDE = """(() => {
  "use strict";
  const root = document.documentElement;
  const decided = () => root.dataset.consent !== undefined;
  const granted = (category) => (root.dataset.consent ?? "").split(" ").includes(category);
  const refused = (category) => decided() && !granted(category);
  const at = (host, path) => `https://${host}${location.port ? `:${location.port}` : ""}${path}`;
  const blocked = () => { try { return !navigator.cookieEnabled || !localStorage; } catch { return true; } };
  const load = (url) => document.head.append(Object.assign(document.createElement("script"), { src: url }));
  /** Act once, as soon as the condition holds: now, or when the visitor has chosen. */
  function when(condition, action) {
    const observer = new MutationObserver(check);
    function check() {
      if (!condition()) return;
      observer.disconnect();
      action();
    }
    observer.observe(root, { attributes: true, attributeFilter: ["data-consent"] });
    check();
  }
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """The truth about a defect: what a right finding names.

    In a table ``{site}`` stands for the deployment's host and ``{script}`` for its own script.
    """

    kind: str
    """``cookie``, ``local_storage``, ``session_storage``, ``indexed_db``, ``cache``, ``service_worker``,
    ``request``, or ``page`` for what a page shows or lacks."""
    name: str
    """Name of the item; of a request its path, of a page a selector or a path."""
    host: str
    writer: str
    """Address without port of the script that wrote or sent it, or of the response that set it, or of the
    page that shows it."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to break a policy, deployed at ``https://<name>.harbour.localhost`` or at the garden's domain."""

    name: str
    promises: tuple[str, ...]
    """Ids of the promises that it breaks, the main one first."""
    sentence: str
    """What is wrong, for a product person."""
    expected: tuple[Expected, ...]
    """What may be named as the cause, the plainest first; any one of them is right."""
    deployment: Deployment
    domain: str = hosts.SITE
    """The domain of the site that it is a defect of."""

    @property
    def promise(self) -> str:
        """Id of the promise that it breaks in the first place."""
        return self.promises[0]

    @property
    def host(self) -> str:
        """Host under which it is deployed."""
        return f"{self.name}.{self.domain}"


def defect(
    name: str,
    promises: str,
    sentence: str,
    *expected: Expected,
    script: str = "",
    patches: tuple[Patch, ...] = (),
    answer: Answer | None = None,
    amend: Amend | None = None,
    signals: tuple[str, ...] = (),
    domain: str = hosts.SITE,
) -> Defect:
    """Return one row of a table. ``script`` runs on every page, with the helpers of the prelude in reach.

    ``signals`` are the keys of the profile's table [signals] that hold for it, ``domain`` is that of its site.
    """
    site = f"{name}.{domain}"
    file = f"{name}.js"
    places = {"site": site, "script": f"https://{site}{SCRIPT_PATH}{file}"}
    scripts = ((file, f"{_PRELUDE}{script}\n}})();\n"),) if script else ()
    return Defect(
        name=name,
        promises=tuple(promises.split()),
        sentence=sentence,
        expected=tuple(_settle(entry, places) for entry in expected),
        deployment=Deployment(patches=patches, scripts=scripts, answer=answer, amend=amend, signals=signals),
        domain=domain,
    )


def cookie(name: str, writer: str, host: str = "{site}") -> Expected:
    """Return a cookie that should not be, or not like this."""
    return Expected("cookie", name, host, writer)


def stored(kind: str, name: str, writer: str = "{script}", host: str = "{site}") -> Expected:
    """Return an item in another store."""
    return Expected(kind, name, host, writer)


def request(host: str, path: str, writer: str = "{script}") -> Expected:
    """Return a request that should not be made."""
    return Expected("request", path, host, writer)


def page(what: str, path: str, host: str = "{site}") -> Expected:
    """Something that the page at ``path`` shows or lacks."""
    return Expected("page", what, host, f"https://{host}{path}")


def in_consent_script(old: str, new: str) -> tuple[Patch, ...]:
    """Return a passage of the consent manager, changed."""
    return (Patch(CONSENT_SCRIPT, old, new),)


def in_pages(old: str, new: str, path: str = "*") -> tuple[Patch, ...]:
    """Return a passage of the pages, changed."""
    return (Patch(path, old, new),)


def _settle(expected: Expected, places: dict[str, str]) -> Expected:
    writer = expected.writer.format(**places).replace("{site}", places["site"])
    return replace(expected, host=expected.host.format(**places), writer=writer)
