"""Certificates that are made at start and gone at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True)
class Certificates:
    """Paths of PEM files."""

    ca: Path
    """The authority that a client has to trust."""
    server: Path
    """The server's private key and certificate chain in one file."""


def issue(hosts: Sequence[str], folder: Path) -> Certificates:
    """Make an authority and one certificate that names every host."""
    authority = trustme.CA(organization_name="Consentinel reference site")
    certificate = authority.issue_cert(*hosts, common_name=hosts[0])
    paths = Certificates(ca=folder / "ca.pem", server=folder / "server.pem")
    authority.cert_pem.write_to_path(str(paths.ca))
    certificate.private_key_and_cert_chain_pem.write_to_path(str(paths.server))
    return paths
