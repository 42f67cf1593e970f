"""Changes of the published policy since its policy file was confirmed, as drift of a kind of their own.

The baseline is the policy file itself, so that they are found without any history. Exceptions cover them by
`kind = "policy"` and the name: a sentence's id in the file, or the fingerprint of one that was added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from consentinel.report.history.circumstances import Aspect
from consentinel.report.history.drift import Change, What
from consentinel.report.policy_schema import PolicyData, SentenceData
from consentinel.report.scenario_key import coordinates
from consentinel.report.schema import RunData
from consentinel.site.hosts import host_of

KIND = "policy"


def policy_changes(run: RunData) -> tuple[Change, ...]:
    """Return the changed, added and removed sentences of the policy, as the run read it, with stale scenarios."""
    policy = run.get("policy")
    if policy is None or policy["problem"] or not policy["compared"] or not run["scenarios"]:
        return ()
    return tuple(_changes(policy, run))


def _changes(policy: PolicyData, run: RunData) -> Iterator[Change]:
    host = host_of(policy["url"])
    for one in policy["sentences"]:
        if one["change"]:
            before = _named(one) if one["change"] == "changed" else "nothing"
            name = one["id"] or one["fingerprint"]
            what: What = "changed" if one["change"] == "changed" else "new"
            aspect = Aspect("sentence", before, one["text"])
            scenarios = _scenarios(one["promises"], run)
            yield Change(what, KIND, name, host, "", "first", policy["url"], (), scenarios, (aspect,))
    for gone in policy["removed"]:
        aspect = Aspect("sentence", _named(gone), "")
        scenarios = _scenarios(gone["promises"], run)
        yield Change("gone", KIND, gone["id"], host, "", "first", policy["url"], (), scenarios, (aspect,))


def policy_sentence(change: Change) -> str:
    """Return a change of the policy as a product person reads it."""
    aspect = change.aspects[0]
    if change.what == "new":
        return f"The policy has a new sentence, which nobody has read yet: “{aspect.after}”"
    if change.what == "gone":
        return f"The policy no longer has sentence {aspect.before}" + ("" if aspect.before.endswith("”") else ".")
    return f"The policy has changed sentence {aspect.before}; it says now: “{aspect.after}”"


def _named(sentence: SentenceData) -> str:
    """Return a former sentence: its id, its promise, and its words, where the policy file has them in a comment."""
    before = sentence.get("before", "")
    said = f" and said “{before}”" if before else ""
    return f"{sentence['id']}, which promised {' and '.join(sentence['promises']) or 'nothing'}{said}"


def _scenarios(promises: Collection[str], run: RunData) -> tuple[str, ...]:
    """Return the scenarios whose promises may be stale; the run's first where none is."""
    stale = [coordinates(one) for one in run["scenarios"] if set(one["promises"]) & set(promises)]
    return tuple(dict.fromkeys(stale)) or (coordinates(run["scenarios"][0]),)
