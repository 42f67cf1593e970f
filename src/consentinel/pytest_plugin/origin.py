"""Finds what is behind a finding about consent: the service, or the script, that is at work.

A tag that runs before a choice sets four cookies, opens a database and reports to its makers. Whoever mends the site
mends one thing. What tells that these belong together is who wrote the items, and whom the requests reach.
"""

from __future__ import annotations

from consentinel.evidence.records import Kind
from consentinel.report.history.cause import author_of, may_have_origin
from consentinel.report.history.names import writer_of
from consentinel.site.classify import is_partner, party
from consentinel.site.hosts import covered
from consentinel.site.profile import Profile
from consentinel.verdicts.finding import UNDECLARED, Finding


def origin_of(finding: Finding, written_by: str, profile: Profile) -> str:
    """Return the host of the service, or host and path of the script, that is behind a finding; empty for none.

    A request's is the host that it reaches; an item's is the service whose script or answer wrote it. A script that is
    the site's own, or lies at a technical partner who keeps the scripts of others, counts by its file, and for what the
    profile declares alone: one bundle may well store several things that have nothing to do with each other. A page or
    an answer of the site's own may be anybody's work, so what it writes has no origin.
    """
    if not may_have_origin(finding.rule):
        return ""
    if finding.kind is Kind.REQUEST:
        return _clean(finding.host)
    author = author_of(finding.kind, written_by)
    host = author.partition("/")[0] or _clean(finding.host)
    if _is_service(host, profile):
        return host
    if finding.category == UNDECLARED:
        return ""
    if is_partner(host, profile):  # whose scripts' addresses need not end like a file's: /gtag/js
        return writer_of(written_by)
    return author if "/" in author else ""


def _is_service(host: str, profile: Profile) -> bool:
    """Return whether a host is a service's: neither the site's own nor a partner's, or named by a category."""
    if any(covered(table.hosts, host) for table in profile.categories.values() if table.refusable):
        return True
    return party(host, profile) == "third" and not is_partner(host, profile)


def _clean(host: str) -> str:
    return host.lower().strip(".")
