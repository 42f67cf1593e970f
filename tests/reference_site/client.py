"""A visitor without scripts: HTTP to one host of the running site, with a cookie jar of its own."""

from http.cookies import SimpleCookie
from urllib.parse import urlencode

import urllib3

from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux) Gecko", "Accept-Language": "en"}
ACCEPTED = "v1:analytics=1,social=1,advertising=1:{now}"
REFUSED = "v1:analytics=0,social=0,advertising=0:{now}"


class Client:
    """Talks to one host, verifying its certificate, and keeps the cookies that it sets."""

    def __init__(self, site: RunningSite, host: str = hosts.SITE) -> None:
        self.cookies: dict[str, str] = {}
        self.attributes: dict[str, str] = {}
        self._host = f"{host}:{site.port}"
        self._pool = urllib3.HTTPSConnectionPool(
            "127.0.0.1", site.port, server_hostname=host, assert_hostname=host, ca_certs=str(site.ca_pem)
        )

    def get(self, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
        """Ask for a page, without following a redirect."""
        return self._send("GET", path, None, headers)

    def post(self, path: str, **fields: str) -> urllib3.BaseHTTPResponse:
        """Submit a form, without following a redirect."""
        return self._send("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        sent = {**BROWSER, **headers, "Host": self._host}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        response = self._pool.request(
            method,
            path,
            body=body,
            headers={name: value for name, value in sent.items() if value},
            redirect=False,
        )
        for line in response.headers.getlist("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                self.attributes[name] = line
        return response
