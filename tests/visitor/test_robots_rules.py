"""What a robots.txt forbids, by the rules and examples of RFC 9309."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.visitor.robots_rules import Rule, may_visit, rules_for


def allowed(text: str, path: str) -> bool:
    return may_visit(rules_for("consentinel", text), path)


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("Disallow:", "/any", True),
        ("Disallow: /private", "/private/a", False),
        ("Disallow: /private", "/public", True),
        ("Disallow: /*?sid=", "/a/b?x=1&sid=2", True),
        ("Disallow: /*?sid=", "/a/b?sid=2", False),
        ("Disallow: /*.php$", "/index.php", False),
        ("Disallow: /*.php$", "/index.php?a", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /fish*a*b", "/fish-a-b-c", False),
        ("Disallow: /fish*a*b", "/fish-b-a", True),
        ("Disallow: /*a*a$", "/a", True),
        ("Disallow: /\nAllow: /public", "/public/page", True),
        ("Disallow: /\nAllow: /public", "/other", False),
        ("Allow: /page\nDisallow: /page", "/page", True),
        ("Disallow: /example/page/disallow*\nAllow: /example/page/", "/example/page/disallow.gif", False),
        ("Disallow: /tee %C3%BC # not for robots", "/tee%20%c3%bc", False),
        ("Disallow: /%7Emia", "/~mia/", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: /grün", "/gr%C3%BCn", False),
        ("DISALLOW : /x", "/x", False),
        ("Crawl-delay: 10\nSitemap: https://shop.example/s.xml", "/", True),
    ],
)
def test_the_longest_pattern_that_matches_decides(rules: str, path: str, is_allowed: bool) -> None:
    assert allowed(f"User-agent: *\n{rules}", path) is is_allowed


def test_what_is_said_to_a_robot_by_its_name_goes_before_what_is_said_to_all() -> None:
    text = (
        "User-agent: *\nDisallow: /\n\nuser-agent: Other\nUser-Agent: Consentinel/1.0\nDisallow: /a\n\nUser-agent: x\n"
    )
    assert [allowed(text, path) for path in ("/", "/a")] == [True, False]
    assert allowed(f"{text}Disallow: /b\nUser-agent: consentinel\nDisallow: /c", "/b")
    assert not allowed(f"{text}Disallow: /b\nUser-agent: consentinel\nDisallow: /c", "/c"), "groups are taken together"
    assert allowed("Disallow: /\nno line", "/"), "a rule without a robot is nobody's"


@given(st.text(max_size=200), st.text(max_size=60))
def test_whatever_a_stranger_writes_is_read(text: str, path: str) -> None:
    assert allowed(f"user-agent: *\n{text}", path) in (True, False)


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert not Rule("/" + "a*" * 5_000 + "b$", allows=False).matches("/" + "a" * 10_000)
