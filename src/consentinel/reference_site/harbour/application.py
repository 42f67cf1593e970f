"""The shop's two applications, put together."""

from starlette.applications import Starlette

from consentinel.reference_site.harbour import help_centre, pages
from consentinel.reference_site.harbour.account import Accounts
from consentinel.reference_site.harbour.shop import Shop
from consentinel.reference_site.store import Store

_HANDLERS = {404: pages.on_not_found, 405: pages.on_not_found, 500: pages.on_failure}


def shop(store: Store) -> Starlette:
    """Return the site itself."""
    routes = [*pages.ROUTES, *Accounts(store).routes, *Shop(store).routes]
    return Starlette(routes=routes, exception_handlers=dict(_HANDLERS))


def help_desk() -> Starlette:
    """Return the help centre."""
    return Starlette(routes=help_centre.ROUTES, exception_handlers=dict(_HANDLERS))
