"""Which requests a browser makes on its own account: updates, its clock, its sign-in. No site has part in them.

A browser that a visitor has to themselves sends them by the visitor's port. Chromium cannot be kept from all of them.
"""

from __future__ import annotations

from mitmproxy import http


def is_of_the_browser(request: http.Request) -> bool:
    """Return whether no page can have caused this request.

    What a page asks for names its relation to the site, which is "none" only for what the person asks for: a document
    (Fetch Metadata, section 2.3). Over plain HTTP the browser leaves that away; but whatever a page asks for says what
    is accepted (Fetch, section 4.1), save for the opening of a WebSocket.
    """
    headers = request.headers
    if "sec-fetch-site" in headers:
        return headers["sec-fetch-site"] == "none" and headers.get("sec-fetch-dest") == "empty"
    return request.scheme == "http" and "accept" not in headers and "upgrade" not in headers
