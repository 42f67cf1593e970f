"""A certificate for each host, as sites have them, made when a client first asks for it and gone at the end.

One certificate with every name has 40 kB. Each handshake would carry it, and Chromium would repeat the names with the
report of each answer.
"""

import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import trustme


@dataclass(slots=True)
class Certificates:
    """The certificates of these hosts, and the authority that a client has to trust."""

    hosts: frozenset[str]
    authority: trustme.CA
    _contexts: dict[str, ssl.SSLContext] = field(default_factory=dict)

    @classmethod
    def of(cls, hosts: Iterable[str]) -> "Certificates":
        """Make an authority for these hosts."""
        return cls(frozenset(hosts), trustme.CA(organization_name="Consentinel reference site"))

    def write_authority(self, file: Path) -> None:
        """Write the authority to a file, as PEM."""
        self.authority.cert_pem.write_to_path(str(file))

    def server_context(self, default: str) -> ssl.SSLContext:
        """Return a server's context. It shows the `default` host's certificate to whoever asks for no known host."""
        context = self._context(default)
        context.sni_callback = self._choose
        return context

    def _choose(self, connection: ssl.SSLObject, host: str | None, _: ssl.SSLContext) -> None:
        """Show the certificate of the host that a client asks for (RFC 6066, section 3)."""
        if host in self.hosts:
            connection.context = self._context(host)

    def _context(self, host: str) -> ssl.SSLContext:
        if host not in self._contexts:
            context = self._contexts[host] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.authority.issue_cert(host, common_name=host).configure_cert(context)
        return self._contexts[host]
