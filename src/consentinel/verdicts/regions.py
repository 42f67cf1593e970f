"""Judges whether a site asks visitors from a region, as the profile expects."""

from __future__ import annotations

from consentinel.verdicts.finding import Verdict


def asked(region: str, shows: bool, doubt: str = "") -> Verdict:
    """The site asks visitors who come from a region. `doubt`: why not seeing it ask proves nothing.

    That it does not ask is no breach by itself: a site takes visitors for those of the region in which it believes
    their address to be, and only the site knows which that is.
    """
    if shows:
        return Verdict()
    elsewhere = (
        f"no dialog came to a visitor from {region}: the site may take the proxy's address for one from elsewhere, so "
        "nothing was judged"
    )
    return Verdict(doubts=(doubt or elsewhere,))
