"""Lists what the site declares that it stores: the table of its policy page."""

from dataclasses import dataclass

from consentinel.reference_site import hosts

DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Declared:
    """One row of the policy's table."""

    name: str
    category: str
    kind: str
    """``cookie``, ``local_storage``, ``session_storage``, ``indexed_db``, ``cache`` or ``file``."""
    host: str
    """Who stores it; empty for the site itself."""
    lifetime: str
    """Key of the words for its lifetime."""
    purpose: str
    """Key of the words for its purpose."""


DECLARED = (
    Declared("harbour_consent", "functionality", "cookie", "", "days180", "harbour_consent"),
    Declared("harbour_session", "functionality", "cookie", "", "session", "harbour_session"),
    Declared("harbour_basket", "functionality", "cookie", "", "session", "harbour_basket"),
    Declared("harbour_lang", "functionality", "cookie", "", "year", "harbour_lang"),
    Declared("harbour_csrf", "functionality", "cookie", "", "session", "harbour_csrf"),
    Declared("harbour.display", "functionality", "local_storage", "", "deleted", "harbour_display"),
    Declared("_ga", "analytics", "cookie", "", "months13", "ga"),
    Declared("_ga_HARBOUR1", "analytics", "cookie", "", "months13", "ga_property"),
    Declared("_gid", "analytics", "cookie", "", "day", "gid"),
    Declared("harbour_ab", "analytics", "cookie", "", "days30", "harbour_ab"),
    Declared("metrics-buffer", "analytics", "indexed_db", "", "deleted", "metrics_buffer"),
    Declared("_cbp", "social", "cookie", "", "days90", "cbp"),
    Declared("circle_id", "social", "cookie", hosts.CIRCLE, "days90", "circle_id"),
    Declared("circle_session", "social", "cookie", hosts.CIRCLE, "session", "circle_session"),
    Declared("circle.prefs", "social", "local_storage", hosts.WIDGETS, "deleted", "circle_prefs"),
    Declared("_adn", "advertising", "cookie", "", "days90", "adn"),
    Declared("adnet_id", "advertising", "cookie", hosts.ADNET, "days90", "adnet_id"),
    Declared("adn.seen", "advertising", "session_storage", "", "session", "adn_seen"),
    Declared("adn-creatives", "advertising", "cache", "", "deleted", "adn_creatives"),
)
