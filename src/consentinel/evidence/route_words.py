"""Holds what people read about the options of the route. Importing it costs nothing."""

from __future__ import annotations

USER, PASSWORD = "CONSENTINEL_UPSTREAM_USER", "CONSENTINEL_UPSTREAM_PASSWORD"
"""The environment variables with the user and the password of the upstream proxy."""

UPSTREAM_HELP = (
    f"the proxy that leads to the site (default: HTTPS_PROXY and HTTP_PROXY); its account: {USER}, {PASSWORD}"
)
RESOLVE_HELP = "the IP address of a host, as curl has it; repeatable"
CLIENT_CERTIFICATE_HELP = "a certificate with its key, as PEM, for servers that ask for one"
"""What the commands say of these options."""

NEEDS_PROXY = (
    "browsers follow --upstream, --resolve, --client-cert, HTTPS_PROXY and the profile's [access] "
    "by the recording proxy alone; run with it"
)
