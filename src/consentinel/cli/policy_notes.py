"""Names what of a policy file has no effect on a site so far: what nobody has confirmed, or no category connects."""

from __future__ import annotations

from collections.abc import Iterator

from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.promises import promises
from consentinel.policy.standing import unknown
from consentinel.report.text import count, listed
from consentinel.site.profile import Profile


def policy_notes(profile: Profile, policy: PolicyFile) -> Iterator[str]:
    """Yield lines about a policy file and its profile; none where everything of the file has its effect."""
    categories = policy.parameters.categories
    waiting = (
        (sum(not one.confirmed for one in policy.sentence), "sentence", "sentences"),
        (sum(not one.confirmed for one in policy.rows), "row", "rows"),
        (sum(not one.confirmed for one in categories.values()), "category", "categories"),
    )
    parts = [count(number, one, many) for number, one, many in waiting if number]
    if parts:
        yield f"Nobody has confirmed {listed(parts)} of the policy file: nothing that they say makes a finding."
    strange = unknown(policy, promises())
    if strange:
        places = [f"{promise} (sentence {sentence})" for promise, sentence in strange.items()]
        yield f"No shipped scenario tests {listed(places)}: only a suite with such promises of its own does."
    known = {str(category) for category in profile.categories}
    apart = [key for key in categories if key not in known]
    if apart:
        yield (
            f"The profile has no category {listed(apart)}, which the policy file has: no category is compared there. "
            f"Give both the same key; the profile has {listed(sorted(known))}."
        )
