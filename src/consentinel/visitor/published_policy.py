"""Fetches a published policy as a visitor without scripts gets it."""

from __future__ import annotations

import requests

from consentinel.policy.page_text import NotInPage, PolicyText, read_page
from consentinel.policy.policy_file import PolicyFile
from consentinel.site.hosts import registrable
from consentinel.site.profile import Profile
from consentinel.visitor import sitemap
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.plain_visitor import PlainVisitor


def published_policy(profile: Profile, policy: PolicyFile, http: requests.Session) -> tuple[str, PolicyText]:
    """Return the address and the text of a site's policy. Raises SiteUnavailable where there is none to be read."""
    url = policy_address(profile, policy)
    visitor = PlainVisitor(profile, http, {})
    answer = visitor.answer = visitor.get(url)
    if answer.status_code >= 400:
        raise SiteUnavailable(f"{url} answered {answer.status_code}")
    try:
        text = read_page(visitor.html(), policy.source.selector)
    except NotInPage as error:
        raise SiteUnavailable(f"{url}: {error}") from error
    if not text.sentences:
        raise SiteUnavailable(f"{url} holds no sentence; a script may write the page")
    return url, text


def policy_address(profile: Profile, policy: PolicyFile) -> str:
    """Return where the deployment under test publishes the policy.

    That is its own page, if the policy is one of this site's.
    """
    url = str(policy.source.url)
    own = registrable(policy.source.url.host or "") == registrable(profile.site.base_url.host or "")
    return sitemap.address(profile, "cookie policy") if own and profile.pages.policy else url
