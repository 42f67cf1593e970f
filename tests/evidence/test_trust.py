"""What is said of certificates that one side of a connection does not take."""

from __future__ import annotations

import pytest

from consentinel.evidence.trust import about_certificate


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required", "it asks for a client"),
        ("OpenSSL Error([('SSL routines', '', 'tlsv13 alert certificate required')])", "it asks for a client"),
        ("[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca (_ssl.c:1006)", "it does not accept the client"),
        ("[SSL: SSLV3_ALERT_BAD_CERTIFICATE] sslv3 alert bad certificate", "it does not accept the client"),
        ("certificate verify failed: unable to get local issuer certificate", "its certificate is of no trusted"),
        ("EOF occurred in violation of protocol", ""),
    ],
)
def test_what_a_server_says_of_certificates_names_what_helps(said: str, told: str) -> None:
    assert about_certificate(said).startswith(told)
    assert bool(about_certificate(said)) == bool(told)
