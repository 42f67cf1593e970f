"""One service's fault, or its outage, is one line on however many sites it shows; each site's own faults stay apart."""

from __future__ import annotations

from consentinel.fleet.grouping import SharedCause, shared_causes, shared_reasons
from consentinel.fleet.result import result_of, worst
from consentinel.report.exit_codes import BROKEN, COULD_NOT_TELL, DRIFT, ERROR, INTERRUPTED, KEPT, SETUP_FAILED
from tests.fleet.builders import broken, kept, undecided


def test_one_service_is_one_cause_over_all_sites() -> None:
    results = [broken("one"), broken("two"), kept("three"), broken("four", host="other.localhost")]
    first, second = shared_causes(results)
    assert (first.host, first.writer, list(first.sites)) == (
        "social.localhost",
        "social.localhost/widget.js",
        ["one", "two"],
    )
    assert first.promises == ["P24"]
    assert list(second.sites) == ["four"]


def test_what_is_each_sites_own_is_compared_without_its_name() -> None:
    results = [broken("one", host="www.one.example"), broken("two", host="shop.two.example")]
    (cause,) = shared_causes(results)
    assert (cause.host, cause.writer, list(cause.sites)) == ("", "", ["one", "two"])


def test_what_a_service_writes_on_each_sites_own_host_is_one_cause() -> None:
    one, two = broken("one"), broken("two")
    for result, name in ((one, "_ga"), (two, "_gid")):
        result["causes"][0] |= {"host": "", "name": name}
    (cause,) = shared_causes([one, two])
    assert cause.items == [("cookie", "_ga"), ("cookie", "_gid")]


def test_two_cookies_of_a_sites_own_are_two_causes() -> None:
    one, two = broken("one", host="www.one.example"), broken("two", host="www.two.example")
    two["causes"][0]["name"] = "another"
    assert len(shared_causes([one, two])) == 2


def test_pages_and_requests_are_named_beside_what_is_stored() -> None:
    cause = SharedCause("hidden", "", "", "Refusing hides", items=[("page", "/shop"), ("cookie", "a"), ("request", "")])
    assert cause.things == [("cookie", ["a"]), ("page", ["/shop"]), ("requests to", ["a host of the site's own"])]


def test_an_outage_is_one_reason_whatever_the_site_and_the_time() -> None:
    results = [
        undecided("one", "metrics.example did not answer within 30 s (https://www.one.example/shop)"),
        undecided("two", "metrics.example did not answer within 31.5 s (https://www.two.example/)"),
        undecided("three", "ads.example did not answer within 30 s (https://www.three.example/)"),
    ]
    first, second = shared_reasons(results)
    assert (list(first.sites), first.scenarios) == (["one", "two"], 2)
    assert list(second.sites) == ["three"]


def test_runs_that_did_not_come_about_have_their_reasons_too() -> None:
    away = [
        {
            **result_of(
                name, code=4, ended="set-up failed", started=1.0, seconds=1.0, problem=f"nothing answers at {url}"
            ),
            "base_url": url,
        }
        for name, url in (("one", "https://www.one.example/"), ("two", "https://www.two.example/"))
    ]
    (reason,) = shared_reasons(away)  # type: ignore[arg-type]
    assert (list(reason.sites), reason.scenarios) == (["one", "two"], 0)


def test_the_worst_code_is_the_first_of_the_documented_order() -> None:
    assert worst([KEPT, DRIFT, COULD_NOT_TELL]) == COULD_NOT_TELL
    assert worst([SETUP_FAILED, BROKEN, ERROR]) == BROKEN
    assert worst([INTERRUPTED, ERROR, SETUP_FAILED]) == SETUP_FAILED
    assert worst([KEPT, 3]) == worst([KEPT, -11]) == ERROR
    assert worst([]) == KEPT
