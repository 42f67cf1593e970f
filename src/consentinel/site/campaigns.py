"""The parameters by which campaigns, advertisements and networks mark the visitors whom they send."""

from __future__ import annotations

from collections.abc import Mapping

_CAMPAIGN = ("utm_source", "utm_medium", "utm_campaign")
_OF_NETWORKS = ("fbclid", "ttclid", "twclid", "li_fat_id", "epik", "rdt_cid")

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "a letter": (*_CAMPAIGN, "mc_eid", "_hsenc"),
    "an advertisement": (*_CAMPAIGN, "gclid", "gbraid", "wbraid", "msclkid", "yclid", *_OF_NETWORKS),
    "a shared post": (*_OF_NETWORKS, "igshid"),
}
"""The parameters of those who come from there, by the words that the features use. Networks advertise as well.

Those beside campaigns are the numbers of Mailchimp, HubSpot; Google, Microsoft, Yandex; Meta, TikTok, X, LinkedIn,
Pinterest, Reddit and Instagram.
"""

BY_LINK_OF_A_PAGE = frozenset({"an advertisement", "a shared post"})
"""From where visitors come by a link of another site's page, which browsers name as the referrer."""

MARKS = frozenset(name for names in PARAMETERS.values() for name in names)
"""All of these parameters."""
