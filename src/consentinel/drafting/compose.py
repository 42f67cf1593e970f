"""Writes a survey as a first profile, which loads as it is and marks open questions in comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consentinel.drafting.choice import KEEPING, choice_item, is_of_acceptance_alone, once_more, party
from consentinel.drafting.described import about, described
from consentinel.drafting.served import served_from
from consentinel.drafting.sorting import (
    Verdict,
    busier,
    partners,
    sort_hosts,
    sort_items,
    sort_requests,
    tellers,
)
from consentinel.drafting.survey import Item, Survey
from consentinel.drafting.toml import (
    comment,
    listed,
    plain,
    text,
)
from consentinel.drafting.tour import ARTICLES
from consentinel.drafting.trackers import Trackers
from consentinel.drafting.varying import with_patterns
from consentinel.evidence.guarded import host_of, parts_of
from consentinel.site.classify import FIELDS
from consentinel.site.hosts import covered, pattern_of_site, registrable
from consentinel.site.profile import Category
from consentinel.site.schema_version import KEY, newest

LABELS = {
    Category.FUNCTIONALITY: "Functionality",
    Category.ANALYTICS: "Analytics",
    Category.SOCIAL: "Social networks",
    Category.ADVERTISING: "Advertising",
}


def compose(survey: Survey, trackers: Trackers) -> str:
    """Return the profile as TOML."""
    survey = with_patterns(survey)
    own = host_of(survey.url)
    items, hosts = sort_items(survey, trackers, own), sort_hosts(survey, trackers, own)
    taken, noting = partners(survey, hosts, items), tellers(survey, hosts)
    requests = sort_requests(survey, own)
    sections = (
        _head(survey),
        f"{KEY} = {newest()}",
        _partners(taken, busier(survey, taken), noting),
        _site(survey, own),
        _consent(survey, own),
        *(_category(category, survey, items, hosts, requests) for category in Category),
        _unknown(items, {host: verdict for host, verdict in hosts.items() if host not in (*taken, *noting)}),
        _pages(survey, hosts),
        _elements(survey),
        _signals(survey),
    )
    return "\n\n".join(section for section in sections if section) + "\n"


def _head(survey: Survey) -> str:
    lines = [f"A first profile of {survey.url}, drafted from a few visits. Read it before you trust it:"]
    lines += ["what could not be told is marked with a question mark. docs/profile.md explains every key."]
    lines += [f"? {note}" for note in survey.notes]
    lines += [f'? The preferences offer a switch that fits no category: "{label}".' for label in survey.strange_labels]
    if survey.strange_labels:
        lines += [
            "  It may be a category of its own, under any key: add [categories.KEY] with its label and what it stores."
        ]
    if survey.strange_labels and survey.dialog:
        lines += ["  Its switch stands in [[consent.dialog.others]]: call that table [consent.dialog.categories.KEY]."]
    return comment(lines)


def _partners(taken: tuple[str, ...], busy: tuple[str, ...], noting: tuple[str, ...]) -> str:
    if not taken and not noting:
        return ""
    why = []
    if taken:
        why += [
            "? Contacted before any choice, and stored nothing beyond what is needed: taken for technical partners."
        ]
        why += ["  Strike out what is none."]
    why += [
        f"? {host} is asked for more once everything is accepted: it may serve a category as well." for host in busy
    ]
    why += [f"? {host} heard of each choice, and of nothing else: it seems to note what was chosen." for host in noting]
    return f"{comment(why)}\npartners = {listed((*taken, *noting))}"


def _site(survey: Survey, own: str) -> str:
    origin = parts_of(survey.url)
    domains = dict.fromkeys([registrable(own), registrable(host_of(survey.asked) or own)])
    return "\n".join(
        [
            "[site]",
            f"name = {text(survey.title or own)}",
            f"base_url = {text(f'{origin.scheme}://{origin.netloc}')}",
            f"hosts = {listed([pattern_of_site(domain) for domain in domains])}",
        ]
    )


def _consent(survey: Survey, own: str) -> str:
    item, also = choice_item(survey, own), once_more(survey, own)
    lines = ["[consent]", f"manager = {text(survey.manager or 'auto')}"]
    if not survey.manager or survey.dialog:
        lines += comment(about(survey)).splitlines()
    lines += served_from(survey, item, own)
    lines += ["", "[consent.stored]"]
    if item is not None and is_of_acceptance_alone(item, survey):
        why = "? Nothing was stored by a refusal, and the site asked again: it seems to keep an acceptance alone, here."
        lines += [comment([why])]
    if item is not None:
        lines += [f"kind = {text(item.kind)}", f"name = {text(item.name)}"]
        lines += [f"hosts = {listed([item.host])}"] if party(item.host, own) == "third" else []
    elif survey.is_remembered and survey.refused and not survey.refused.items - survey.before.items:
        why = "? Nothing was stored by a refusal, and the site did not ask again: it seems to keep the choice itself."
        lines += [comment([why]), 'kind = "server"']
    else:
        left = "Nobody can refuse" if survey.is_wall else "Nothing was stored by a refusal"
        why = f"? {left}: name the item that keeps the choice."
        lines += [comment([why]), 'kind = "cookie"', 'name = "unknown"']
    for kind in KEEPING:
        names = [each.name for each in also if each.kind == kind]
        lines += [f"also_{FIELDS[kind]} = {listed(names)}"] if names else []
    waiting = survey.before.values.get(item, "") if item else ""
    if waiting:
        lines += [comment(["What it holds while the site waits for a choice."]), f"undecided = {listed([waiting])}"]
    if survey.dialog:
        lines += ["", *described(survey)]
    return "\n".join(lines)


def _category(
    category: Category,
    survey: Survey,
    items: Mapping[Item, Verdict],
    hosts: Mapping[str, Verdict],
    requests: Mapping[str, Verdict],
) -> str:
    option = survey.options.get(category)
    mine = {item: verdict for item, verdict in items.items() if verdict.category is category}
    own_hosts = {host: verdict for host, verdict in hosts.items() if verdict.category is category}
    own_paths = {path: verdict.why for path, verdict in requests.items() if verdict.category is category}
    if category is not Category.FUNCTIONALITY and not (option or mine or own_hosts or own_paths):
        return f"# ? Nothing was seen of {category}: no switch, no item, no host."
    lines = [f"[categories.{category}]", f"label = {text(option.label if option else LABELS[category])}"]
    if option and option.key not in ("", category):
        lines.append(f"key = {text(option.key)}")
    if category is Category.FUNCTIONALITY:
        lines.append("refusable = false")
    elif option and option.always and not survey.before.items & set(mine):  # what is stored early is for a person
        why = (
            "? The preferences show it locked and on: taken as always on. Strike out what follows if it can be refused."
        )
        lines += [comment([why]), 'model = "always"', "refusable = false"]
    for kind, field in FIELDS.items():
        lines += _entries(field, {item.name: verdict.why for item, verdict in mine.items() if item.kind == kind})
    lines += _entries("hosts", {host: verdict.why for host, verdict in own_hosts.items()})
    lines += _entries("requests", own_paths)
    return "\n".join(lines)


def _entries(field: str, entries: Mapping[str, str]) -> Iterator[str]:
    if not entries:
        return
    yield f"{field} = ["
    for name, why in entries.items():
        yield f"    {text(name)},  # {plain(why)}"
    yield "]"


def _unknown(items: Mapping[Item, Verdict], hosts: Mapping[str, Verdict]) -> str:
    open_items = [(item, verdict.why) for item, verdict in items.items() if verdict.category is None]
    open_hosts = [(host, verdict.why) for host, verdict in hosts.items() if verdict.category is None]
    if not open_items and not open_hosts:
        return ""
    lines = ["? In no category yet, and therefore findings of every run until somebody puts them in one:"]
    lines += [f"  {FIELDS[item.kind]}: {plain(item.name)} on {item.host} ({why})" for item, why in open_items]
    lines += [f"  hosts: {host} ({why})" for host, why in open_hosts]
    return comment(lines)


def _pages(survey: Survey, hosts: Mapping[str, Verdict]) -> str:
    lines = ["[pages]", f"home = {text(_home(survey))}"]
    if len(survey.articles) < ARTICLES:
        lines.append(f"# ? Three pages with content are wanted; the home page links to {len(survey.articles)}.")
    if survey.articles:
        lines.append(f"articles = {listed(survey.articles)}")
    social = [host for host, verdict in hosts.items() if verdict.category is Category.SOCIAL]
    traces = survey.alone.get(Category.SOCIAL) or survey.accepted
    shared = next((page for host, page in (traces.pages if traces else {}).items() if covered(social, host)), None)
    if shared:
        lines.append(f"shared = {text(shared)}")
    lines += [f"{kind} = {text(survey.links[kind][1])}" for kind in ("policy", "legal") if kind in survey.links]
    lines += [
        'error = "/a-page-that-does-not-exist"',
        "# ? Search, sign-in, basket and order form: see docs/profile.md.",
    ]
    return "\n".join(lines)


def _home(survey: Survey) -> str:
    """Return the path that was asked for, or the one on another host that it led to."""
    asked, found = parts_of(survey.asked or survey.url), parts_of(survey.url)
    at = asked if asked.netloc == found.netloc else found
    return (at.path or "/") + (f"?{at.query}" if at.query else "")


def _elements(survey: Survey) -> str:
    lines = [f"{kind}_link = {text(selector)}" for kind, (selector, _) in survey.links.items()]
    return "\n".join(["[elements]", *lines]) if lines else ""


_SIGNALS = {
    "google_consent_mode": "Google's consent mode",
    "microsoft_consent_mode": "the consent mode of Microsoft's UET",
    "consent_commands": "a maker's own command about consent",
    "tcf": "IAB Europe's TCF",
}


def _signals(survey: Survey) -> str:
    seen = [one for one in (survey.before, survey.refused, survey.accepted, *survey.alone.values()) if one]
    pairs = {pair for traces in seen for pair in traces.told_of_consent}
    lines = []
    for key, name in _SIGNALS.items():
        hosts = sorted(host for found, host in pairs if found == key)
        if hosts:
            lines += [comment([f"{name[:1].upper()}{name[1:]} was seen at {', '.join(hosts)}."]), f"{key} = true"]
    return "\n".join(["[signals]", *lines]) if lines else ""
