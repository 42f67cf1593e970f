"""Shops whose one fault shows on some pages or after some time alone, although something was chosen."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.breach import URL, Breach

COUNTED = f"new Image().src = '{URL}/px.gif';"
ON_SOAP = "location.pathname === '/soap'"


class _InTheShop(Breach):
    """A shop whose page about soap is a product."""

    def profile(self) -> str:
        written = super().profile().replace('["/tea", "/salt", "/soap"]', '["/tea", "/salt"]')
        return written.replace('policy = "/cookies"', 'policy = "/cookies"\nproduct = "/soap"')


class AfterMonths(Breach):
    """Counts whoever refused two months ago and more."""

    seen_in = "returns_after_months"
    needed = ("choice", "since")
    late = f"""if (chosen() === "none" && !read("since")) {{
  document.cookie = `since=${{Date.now()}}; path=/; max-age=15552000`;
}}
if (chosen() === "none" && Date.now() - Number(read("since")) > 60 * 86400000) {COUNTED}"""


class AdvertisesInShop(_InTheShop):
    """Tells an advertising network of products, where statistics alone were allowed."""

    broken = "promo.localhost"
    seen_in = "analytics_cookies_holds_on_the_pages"
    late = f"if (chosen() === 'all' && {ON_SOAP}) new Image().src = 'http://promo.localhost:[[port]]/p.gif';"


class CountsProductsAfterWithdrawal(_InTheShop):
    """Counts looks at products once consent was taken back."""

    seen_in = "withdrawal_holds_on_the_pages"
    functions: ClassVar[dict[str, str]] = {
        "forget": """function forget() {
  document.cookie = "_ga=; path=/; max-age=0";
  localStorage.before = "all";
}"""
    }
    late = f"if (chosen() === 'none' && localStorage.before === 'all' && {ON_SOAP}) {COUNTED}"

    def profile(self) -> str:
        return super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nlocal_storage = ["before"]')


class CountsPolicyAfterWithdrawal(CountsProductsAfterWithdrawal):
    """Counts who reads the policy once consent was taken back."""

    seen_in = "withdrawal_holds_on_the_remaining"
    late = CountsProductsAfterWithdrawal.late.replace("/soap", "/cookies")
