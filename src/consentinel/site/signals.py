"""The table `[signals]` of a profile: by which means the site tells services what the visitor has chosen."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from consentinel.site.category import Category, Table

ModePurpose = Literal["ad_storage", "analytics_storage", "ad_user_data", "ad_personalization"]


class Signals(Table):
    """How the site sends the visitor's choice to services. Without an entry, scenarios about it are skipped."""

    google_consent_mode: bool = Field(
        False, description="pages and requests tell services by Google's consent mode what the visitor allows"
    )
    consent_purposes: dict[Category, tuple[ModePurpose, ...]] = Field(
        default_factory=dict,
        description="the purposes of consent mode that serve each category; a purpose that stands at none serves "
        "`analytics` (`analytics_storage`) or `advertising` (the others). Requests that count by Google's Measurement "
        "Protocol serve the category of `analytics_storage`",
    )
    microsoft_consent_mode: bool = Field(
        False, description="pages and requests tell Microsoft's UET tag what the visitor allows"
    )
    consent_commands: bool = Field(
        False,
        description="pages tell the tags of Meta, TikTok or Microsoft Clarity, by the commands of these, what the "
        "visitor allows",
    )
    tcf: bool = Field(
        False, description="pages and requests tell services by TC strings (IAB Europe's TCF) what the visitor allows"
    )
    tcf_purposes: dict[Category, tuple[int, ...]] = Field(
        default_factory=dict,
        description="the purposes of the TCF that serve each category, by number; without them a choice of some "
        "categories cannot be judged",
    )
    gpc: bool = Field(
        False,
        description="the policy says that the site honours Global Privacy Control, for the visitors of these tests",
    )
    gpc_refuses: tuple[Category, ...] = Field(
        (Category.ADVERTISING,), description="the categories whose services sell or share what they learn of visitors"
    )
