"""Reads the published policy once in a run, for the report, and compares it with the policy file."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest

from consentinel.policy.changes import Change, changes
from consentinel.policy.fingerprints import fingerprint
from consentinel.policy.packs import Citation, chosen, contradictions
from consentinel.policy.page_text import PolicyText
from consentinel.policy.policy_file import PolicyFile, Sentence
from consentinel.pytest_plugin.deployment import DEPLOYMENT, EMBEDDED, Deployment, standings_of
from consentinel.pytest_plugin.options import promises_of
from consentinel.report.pack_schema import CitationData, PackData, PromiseData
from consentinel.report.policy_schema import PolicyData, SentenceData, TextChange
from consentinel.site.hosts import host_of
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.http_session import session
from consentinel.visitor.published_policy import policy_address, published_policy


def promise_data(config: pytest.Config) -> list[PromiseData]:
    """Return the promises that the policy makes, and the rules that the site is held to."""
    held, deployment = standings_of(config), config.stash.get(DEPLOYMENT, None)
    cited = _cited(deployment.policy if deployment else None)
    return [
        PromiseData(id=p.id, title=p.title, not_provable=p.not_provable, source=cited.get(p.id, p.source))
        for p in promises_of(config)
        if held[p.id] != "not made"
    ]


def pack_data(policy: PolicyFile | None) -> list[PackData]:
    """Return the packs of rules that the site is held to, each with what it cites."""
    held = chosen(policy.rules if policy else None)
    against = contradictions(held)
    return [
        PackData(
            name=pack.name,
            title=pack.title,
            citations=[_citation(rule, one) for rule, one in pack.rules.items()],
            contradictions=list(against[pack.name]),
        )
        for pack in held
    ]


def _citation(rule: str, one: Citation) -> CitationData:
    return CitationData(
        rule=rule,
        source=one.source,
        paragraph=one.paragraph,
        date=one.date.isoformat() if one.date else "",
        status=one.status,
        number=one.number,
        number_of=one.number_of,
    )


def _cited(policy: PolicyFile | None) -> dict[str, str]:
    """Return the sources of each rule, by the packs that the policy file chooses alone."""
    found: dict[str, list[str]] = {}
    for pack in chosen(policy.rules if policy else None):
        for rule, one in pack.rules.items():
            found.setdefault(rule, []).append(one.brief)
    return {rule: "; ".join(texts) for rule, texts in found.items()}


def category_names(deployment: Deployment | None) -> dict[str, str]:
    """Return what the policy calls each category of the site; where no file says it, what the dialog calls it."""
    if deployment is None:
        return {}
    said = deployment.policy.parameters.categories if deployment.policy else {}
    labels = {str(key): table.label for key, table in deployment.profile.categories.items()}
    return labels | {key: said[key].name for key in labels if key in said}


def policy_data(deployment: Deployment) -> PolicyData | None:
    """Return the policy's text with what the file says of each sentence, or None without a file that has sentences."""
    policy, profile = deployment.policy, deployment.profile
    if policy is None or not policy.sentence:
        return None
    data = PolicyData(
        url=policy_address(profile, policy),
        date=policy.source.date.isoformat(),
        fetched=time.time(),
        problem="",
        sentences=[],
        removed=[],
        compared=not _is_variant(deployment),
    )
    try:
        with session(deployment.authority, deployment.route) as http:
            data["url"], text = published_policy(profile, policy, http)
    except SiteUnavailable as error:
        return {**data, "problem": f"The policy's text could not be read: {error}"}
    found = changes(policy, text.sentences)
    gone = [_sentence(one.before, "", one) for one in found if one.kind == "removed"]
    return {**data, "sentences": [*_sentences(policy, text, found)], "removed": gone}


def _is_variant(deployment: Deployment) -> bool:
    """Return whether a deployment of the reference site differs from it: its policy page may differ as well."""
    host = deployment.profile.site.base_url.host or ""
    return deployment.is_embedded and host not in map(host_of, EMBEDDED.values())


def _sentences(policy: PolicyFile, text: PolicyText, found: Sequence[Change]) -> Iterator[SentenceData]:
    known = {one.fingerprint: one for one in policy.sentence}
    other = {change.after: change for change in found if change.after}
    for sentence in text.sentences:
        change = other.get(sentence)
        row = change.before if change else known.get(fingerprint(sentence))
        yield _sentence(row, sentence, change)


def _sentence(row: Sentence | None, text: str, change: Change | None) -> SentenceData:
    kind: TextChange = change.kind if change else ""
    data = SentenceData(
        id=row.id if row else "",
        fingerprint=fingerprint(text) if text or row is None else row.fingerprint,
        text=text,
        promises=list(row.promises) if row else [],
        silent=row.silent if row else "",
        confirmed=row.confirmed if row else False,
        change=kind,
    )
    if row and row.untested:
        data["untested"] = row.untested
    return {**data, "before": change.text_before} if change and change.text_before else data
