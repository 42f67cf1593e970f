"""The deployment under test, and the embedded server.

The controller starts the embedded server once and sends its port to the workers. The server has the reference site
and, for any site under test, the page on which the positive control stores its items.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from consentinel.consent.base import NoManager
from consentinel.consent.registry import check_manager
from consentinel.evidence.route import DIRECT, Route, RouteError
from consentinel.evidence.route_words import NEEDS_PROXY
from consentinel.evidence.trust import trust_file
from consentinel.policy.announced import as_announced
from consentinel.policy.load import load_policy
from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.standing import Standing, standings, unconfirmed, unknown
from consentinel.pytest_plugin.early_server import embedded_site
from consentinel.pytest_plugin.manners_of_run import check_workers, manners_of, name_run
from consentinel.pytest_plugin.options import Settings, has_features, promises_of, settings_of
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import SiteDidNotStart
from consentinel.report.history import HistoryError, Store, read_exemptions
from consentinel.site.access import access_to
from consentinel.site.errors import ProfileError
from consentinel.site.hosts import covers, host_of
from consentinel.site.load import load_profile
from consentinel.site.profile import Profile
from consentinel.site.regions import from_region
from consentinel.visitor import sitemap
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.http_session import OtherProtocol, Spared, UpstreamFailure, session
from consentinel.visitor.page_answer import may_let_in
from consentinel.visitor.plain_visitor import PlainVisitor

DEPLOYMENT = pytest.StashKey["Deployment"]()
TRUSTED = pytest.StashKey[Path]()

EMBEDDED = {name: f"https://{domain}" for name, domain in hosts.PROFILES.items()}
"""The addresses of the sites on the embedded server, by the names of their profiles."""

# The embedded sites' demonstration account. The accounts of other sites are set in the environment.
REFERENCE_ACCOUNT = {"CONSENTINEL_USER": "ada@example.com", "CONSENTINEL_PASSWORD": "correct horse"}


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployed site. `port` is the embedded server's; `authority` is the file of certificate authorities to trust.

    `variants` are more deployments of the reference site by name, for the proof.
    `policy` is the policy file of the site, None where there is none. `region_routes` are the ways of visitors from the
    profile's regions, by name.
    """

    profile: Profile
    port: int
    authority: Path
    variants: Mapping[str, Profile] = field(default_factory=dict)
    policy: PolicyFile | None = None
    route: Route = DIRECT
    region_routes: Mapping[str, Route] = field(default_factory=dict)

    @property
    def is_embedded(self) -> bool:
        """Whether the embedded server has the site under test."""
        address = str(self.profile.site.base_url)
        return _is_embedded(address) and urlsplit(address).port == self.port

    def at(self, variant: str) -> Profile:
        """Return the profile of a variant. The empty name is the deployment itself."""
        return self.variants[variant] if variant else self.profile


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the embedded server and check that the site answers. Raises UsageError."""
    config = session.config
    if config.option.collectonly or not has_features(config):
        return
    from_controller = getattr(config, "workerinput", {}).get("consentinel")
    if from_controller:
        port, authority = from_controller["port"], Path(from_controller["authority"])
        config.stash[DEPLOYMENT] = _deployment(settings_of(config), port, authority)
        return
    _check_history(settings_of(config))
    try:
        running = embedded_site(config)
        trusted = config.stash[TRUSTED] = trust_file(running.ca_pem, settings_of(config).authority)
    except SiteDidNotStart as error:
        raise pytest.UsageError(f"the embedded server did not start: {error}") from error
    deployment = _deployment(settings_of(config), running.port, trusted)
    config.stash[DEPLOYMENT] = deployment
    check_workers(deployment.profile, config)
    _check_promises(deployment.policy, config)
    _check_manager(deployment.profile, settings_of(config).site)
    if not getattr(config.option, "usepdb", False) and not deployment.is_embedded:
        _check_reachable(deployment)


def pytest_configure_node(node: object) -> None:
    """Send the address of the embedded server to a worker of pytest-xdist."""
    config, workerinput = node.config, node.workerinput  # type: ignore[attr-defined]
    if DEPLOYMENT in config.stash:
        deployment = config.stash[DEPLOYMENT]
        workerinput["consentinel"] = {"port": deployment.port, "authority": str(deployment.authority)}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Delete the file of trusted certificate authorities."""
    if TRUSTED in config.stash:
        config.stash[TRUSTED].unlink(missing_ok=True)


def deployment_of(config: pytest.Config) -> Deployment:
    """Return the deployment of this run."""
    return config.stash[DEPLOYMENT]


def standings_of(config: pytest.Config) -> Mapping[str, Standing]:
    """Return what the site's policy says of each promise and rule. There is no policy file if nothing will run."""
    deployment = config.stash.get(DEPLOYMENT, None)
    return standings(promises_of(config), deployment.policy if deployment else None)


def held_of(config: pytest.Config) -> Mapping[str, str]:
    """Return the promises and rules that hold, each with the reason why a finding about it does not count."""
    policy = deployment_of(config).policy
    return {
        promise: unconfirmed(policy, promise) if policy and standing == "unconfirmed" else ""
        for promise, standing in standings_of(config).items()
        if standing != "not made"
    }


def _deployment(settings: Settings, port: int, authority: Path) -> Deployment:
    base_url = settings.base_url
    if settings.site in EMBEDDED:
        for name, value in REFERENCE_ACCOUNT.items():
            os.environ.setdefault(name, value)
        base_url = _embedded(base_url or EMBEDDED[settings.site], port)
    try:
        profile = _profile(settings.site, base_url)
        variants = {
            name: _profile(settings.site, _embedded(_variant(settings.site, name), port))
            for name in settings.deployments
        }
        policy_file = settings.policy or (Path(profile.policy) if profile.policy else None)
        policy = load_policy(policy_file) if policy_file else None
        profile = as_announced(profile, policy)
        variants = {name: as_announced(variant, policy) for name, variant in variants.items()}
    except ProfileError as error:
        raise pytest.UsageError(str(error)) from error
    name_run(profile, os.environ)
    access = access_to(profile, os.environ)
    is_recorded = settings.wire and profile.allow.wire
    if access.headers and not is_recorded:
        raise pytest.UsageError(f"{settings.site}: access: {NEEDS_PROXY}")
    if profile.allow.services == "hold" and not is_recorded:
        raise pytest.UsageError(f'{settings.site}: allow.services = "hold" needs the recording proxy')
    if profile.politeness.requests_per_second and not is_recorded:
        raise pytest.UsageError(f"{settings.site}: politeness.requests_per_second needs the recording proxy")
    route = replace(settings.route, access=access)
    route = replace(route, manners=manners_of(profile, authority, route))
    return Deployment(profile, port, authority, variants, policy, route, _region_routes(profile, route))


def _check_promises(policy: PolicyFile | None, config: pytest.Config) -> None:
    """Check that each promise of the policy file is known: nothing would test another. Raises UsageError."""
    for promise, sentence in unknown(policy, promises_of(config)).items() if policy else ():
        raise pytest.UsageError(
            f"the policy file's sentence {sentence} promises {promise}, which is not known; the head of a drafted "
            "policy file lists the shipped promises, and `consent_promises` names a file of your own"
        )


def _check_manager(profile: Profile, site: str) -> None:
    try:
        check_manager(profile)
    except NoManager as error:
        raise pytest.UsageError(f"{Path(site).name}: consent.manager: {error}") from error


def _region_routes(profile: Profile, route: Route) -> Mapping[str, Route]:
    try:
        return {region.name: from_region(route, region, os.environ) for region in profile.regions}
    except RouteError as error:
        raise pytest.UsageError(str(error)) from error


def _profile(site: str, base_url: str | None) -> Profile:
    """Return the profile of the run's site, with the signals by which its deployment tells services of the choice."""
    profile = load_profile(site, base_url)
    host = profile.site.base_url.host or ""
    place = hosts.locate(host) if site in EMBEDDED else None
    if place is None or not place.deployment:
        return profile
    from consentinel.reference_site.registry import signals_of  # noqa: PLC0415 - every defect is imported with it

    keys = signals_of(host)
    return profile.model_copy(update={"signals": profile.signals.model_copy(update=dict.fromkeys(keys, True))})


def _variant(site: str, name: str) -> str:
    """Return the address of a variant of an embedded site: a subdomain, or the domain itself for the clean one."""
    return EMBEDDED[site] if name in hosts.CLEAN else EMBEDDED[site].replace("://", f"://{name}.")


def _embedded(base_url: str, port: int) -> str:
    """Return an embedded site's address on the embedded server.

    An address with another host or an explicit port is a deployment elsewhere and is returned unchanged.
    """
    parts = urlsplit(base_url)
    return base_url if parts.port or not _is_embedded(base_url) else f"https://{parts.hostname}:{port}"


def _is_embedded(base_url: str) -> bool:
    """Return whether the address has the domain of an embedded site."""
    return any(covers(f"*.{host_of(clean)}", host_of(base_url)) for clean in EMBEDDED.values())


def _check_history(settings: Settings) -> None:
    """Check before the run that the history and the exceptions can be opened. Raises UsageError."""
    try:
        if settings.history is not None:
            with Store(settings.history):
                pass
        if settings.exceptions is not None:
            read_exemptions(settings.exceptions)
    except HistoryError as error:
        raise pytest.UsageError(str(error)) from error


def _check_reachable(deployment: Deployment) -> None:
    url = sitemap.address(deployment.profile, "home page")
    try:
        with session(deployment.authority, deployment.route) as http:
            response = PlainVisitor(deployment.profile, http, {}).get(url)
    except SiteUnavailable as error:
        is_known = isinstance(error.__cause__, requests.exceptions.SSLError | OtherProtocol | Spared | UpstreamFailure)
        check = "" if is_known else "; check --base-url, the network, or --ca for a certificate of its own"
        raise pytest.UsageError(f"{error}{check}") from error
    if response.status_code == 401:
        asks = (
            "asks for a user and a password" if not deployment.route.access.headers else "refuses what [access] names"
        )
        raise pytest.UsageError(
            f"{url} answered 401: it {asks}; check access.basic_user_env and access.basic_password_env in the profile"
        )
    if response.status_code >= 500 and not may_let_in(response):
        raise pytest.UsageError(f"{url} answered {response.status_code}: the site is not up, so nothing was run")
