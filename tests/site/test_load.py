"""Profiles are loaded, and what is wrong with one is said in words that a person can act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.site.errors import ProfileError
from consentinel.site.load import built_in, load_profile
from tests.site.builders import LEAST, loaded, written

ACCOUNT = {"CONSENTINEL_USER": "ada@example.com", "CONSENTINEL_PASSWORD": "x"}


def fault(folder: Path, text: str, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ProfileError) as caught:
        load_profile(str(written(folder, text)), environ=environ or {})
    return str(caught.value)


@pytest.mark.parametrize("name", built_in())
def test_each_built_in_profile_loads(name: str) -> None:
    assert load_profile(name, environ=ACCOUNT).categories


def test_the_least_profile_loads(tmp_path: Path) -> None:
    profile = loaded(tmp_path, "")
    assert profile.consent.manager == "auto"
    assert profile.refusable == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'name = "Shop"\n',
            'nam = "Shop"\n',
            "shop.toml: site.name: is missing; add it: what the report calls the site\n"
            'shop.toml: site.nam = "Shop": no such key; did you mean `name`?',
        ),
        (
            'cookies = ["choice"]',
            'cookie = ["choice"]',
            'shop.toml: categories.functionality.cookie = ["choice"]: no such key; did you mean `cookies`?',
        ),
        (
            'cookies = ["choice"]',
            'cookies = "choice"',
            'shop.toml: categories.functionality.cookies = "choice": is no list of text; '
            "write cookies of this category, on the site's own hosts, its partners' and the category's",
        ),
        (
            "[categories.functionality]",
            '[categories.analitycs]\nlabel = "A"\n\n[categories.functionality]',
            "shop.toml: categories.analitycs: no such category; did you mean `analytics`?",
        ),
        (
            "https://www.shop.example",
            "www.shop.example",
            'shop.toml: site.base_url = "www.shop.example": is no address; '
            "write it in full, as in https://www.example.com",
        ),
        (
            'hosts = ["*.shop.example"]',
            'hosts = ["*.shop.example", "https://shop.example/"]',
            'shop.toml: site.hosts[1] = "https://shop.example/": is no host name; write the name alone, '
            "without https://, port or path (a leading *. also covers its sub-domains)",
        ),
        (
            'hosts = ["*.shop.example"]',
            'hosts = ["shop.example"]',
            "shop.toml: site.hosts: does not cover www.shop.example, the host of site.base_url; "
            'add "www.shop.example" or a pattern that covers it',
        ),
        (
            "[categories.functionality]",
            '[politeness]\nrun_header = "Test Run"\n\n[categories.functionality]',
            'shop.toml: politeness.run_header = "Test Run": is no name of a header; see docs/profile.md',
        ),
        (
            "[categories.functionality]",
            '[access]\nlocale = "fr_FR"\n\n[categories.functionality]',
            'shop.toml: access.locale = "fr_FR": is no BCP 47 tag, such as fr-FR; see docs/profile.md',
        ),
        (
            "[categories.functionality]",
            '[[regions]]\nname = "Mars"\nupstream = "http://proxy.example"\nexpects = "asks"\n'
            'timezone = "Mars/Base"\n\n[categories.functionality]',
            'shop.toml: regions[0].timezone = "Mars/Base": is no time zone (IANA), such as Europe/Paris; '
            "see docs/profile.md",
        ),
        (
            "[categories.functionality]",
            '[access]\nheaders_env = { "X: Preview" = "HOME" }\n\n[categories.functionality]',
            "shop.toml: access.headers_env = { table }: has a name that is no header's; see docs/profile.md",
        ),
        (
            "https://www.shop.example",
            "https://ada:hush@www.shop.example",
            "shop.toml: site.base_url = withheld: holds a user or a password; take it out and name variables "
            "in access.basic_user_env and access.basic_password_env",
        ),
        (
            "refusable = false",
            "refusable = true",
            "shop.toml: categories = { table }: functionality cookies cannot be refused: "
            "set refusable = false; see docs/profile.md",
        ),
        (
            '[consent.stored]\nname = "choice"\n',
            "",
            "shop.toml: consent: is missing; add the table [consent]",
        ),
        (
            'name = "choice"',
            'name = "choice"\nkind = "cooky"',
            'shop.toml: consent.stored.kind = "cooky": is not known; '
            "write 'cookie', 'local_storage', 'indexed_db' or 'server'",
        ),
        (
            'name = "choice"',
            'name = "choice"\nlifetime_days = -1',
            "shop.toml: consent.stored.lifetime_days = -1: is out of bounds; it should be greater than 0",
        ),
        (
            'name = "Shop"\n',
            "name = Shop\n",
            'shop.toml, line 2, column 8: is not TOML (Invalid value); texts stand in "quotes", lists in [brackets]',
        ),
    ],
)
def test_an_error_names_file_key_value_and_remedy(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert fault(tmp_path, LEAST.replace(old, new)) == message


def test_a_host_in_two_places_is_refused(tmp_path: Path) -> None:
    text = 'partners = ["cdn.example"]\n' + LEAST + 'hosts = ["cdn.example"]\n'
    assert fault(tmp_path, text) == (
        'shop.toml: categories.functionality.hosts = "cdn.example": stands in partners too; keep it where it belongs'
    )


def test_a_missing_variable_is_named(tmp_path: Path) -> None:
    text = LEAST + '[access]\nbasic_user_env = "SHOP_USER"\nbasic_password_env = "SHOP_PASSWORD"\n'
    assert fault(tmp_path, text, {"SHOP_USER": "qa"}) == (
        'shop.toml: access.basic_password_env = "SHOP_PASSWORD": that environment variable is not set; '
        "set it, as in: export SHOP_PASSWORD=..."
    )


def test_an_account_needs_its_variables_only_where_scenarios_may_sign_in(tmp_path: Path) -> None:
    account = '[account]\nuser_env = "SHOP_USER"\npassword_env = "SHOP_PASSWORD"\n'
    assert loaded(tmp_path, account).account is not None
    assert "SHOP_USER" in fault(tmp_path, LEAST + account + "[allow]\nsign_in = true\n")


def test_a_secret_in_a_profile_is_refused_and_not_repeated(tmp_path: Path) -> None:
    account = '[account]\nuser_env = "A"\npassword_env = "B"\npassword = "hush"\n'
    message = fault(tmp_path, LEAST + account)
    assert message == (
        "shop.toml: account.password = withheld: no such key; "
        "secrets stay in the environment: name the variable in a key that ends in _env"
    )


def test_a_misspelt_built_in_profile_names_the_nearest() -> None:
    with pytest.raises(ProfileError, match=r"^referense: no such built-in profile; did you mean `reference`"):
        load_profile("referense")


def test_a_missing_file_is_said() -> None:
    with pytest.raises(ProfileError, match=r"^nowhere/shop.toml: no such file; give the path of a TOML file$"):
        load_profile("nowhere/shop.toml")


def test_a_file_that_is_not_utf8_is_said(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ProfileError, match=r"^shop.toml: is not UTF-8; save it as UTF-8$"):
        load_profile(str(file))


def test_another_deployment_brings_its_host_and_moves_the_sub_domain(tmp_path: Path) -> None:
    file = written(tmp_path, LEAST + '[pages]\nsubdomain = "https://help.www.shop.example/faq"\n')
    profile = load_profile(str(file), base_url="https://staging.test:8443", environ={})
    assert profile.site.base_url.host == "staging.test"
    assert profile.site.base_url.port == 8443
    assert profile.site.hosts == ("*.shop.example", "*.staging.test")
    assert profile.pages.subdomain == "https://help.staging.test/faq"


def test_a_deployment_on_a_known_host_adds_none(tmp_path: Path) -> None:
    file = written(tmp_path, LEAST)
    assert load_profile(str(file), "https://beta.shop.example", {}).site.hosts == ("*.shop.example",)


def elsewhere(base_url: str, *hosts: str) -> str:
    """The least profile, of another site."""
    listed = ", ".join(f'"{host}"' for host in hosts)
    return LEAST.replace("https://www.shop.example", base_url).replace('"*.shop.example"', listed)


@pytest.mark.parametrize(
    ("base_url", "hosts", "address", "kept"),
    [
        ("https://bücher.example", ["*.BÜCHER.example"], "https://xn--bcher-kva.example/", ["*.xn--bcher-kva.example"]),
        (
            "https://bücher.example",
            ["xn--bcher-kva.example"],
            "https://xn--bcher-kva.example/",
            ["xn--bcher-kva.example"],
        ),
        ("https://shop.example.", ["*.shop.example."], "https://shop.example./", ["*.shop.example"]),
        ("http://[::1]:8000", ["[::1]"], "http://[::1]:8000/", ["::1"]),
        ("http://[::1]:8000", ["::1"], "http://[::1]:8000/", ["::1"]),
    ],
)
def test_a_host_is_kept_as_it_is_sent_however_its_owner_writes_it(
    tmp_path: Path, base_url: str, hosts: list[str], address: str, kept: list[str]
) -> None:
    site = load_profile(str(written(tmp_path, elsewhere(base_url, *hosts))), environ={}).site
    assert (str(site.base_url), list(site.hosts)) == (address, kept)


def test_another_deployment_may_have_letters_beyond_ascii(tmp_path: Path) -> None:
    site = load_profile(str(written(tmp_path, LEAST)), "https://bücher.example:8443", environ={}).site
    assert (str(site.base_url), site.hosts[-1]) == ("https://xn--bcher-kva.example:8443/", "*.xn--bcher-kva.example")


@pytest.mark.parametrize("host", ["a b.example", "http://a.example", "cafe:80", "", "[CLICK_HOST]", "\u2100.example"])
def test_what_is_no_host_is_still_refused(tmp_path: Path, host: str) -> None:
    assert "site.hosts[0]" in fault(tmp_path, elsewhere("https://www.shop.example", host))
