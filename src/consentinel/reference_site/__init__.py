"""The embedded reference deployment: a small but real site that keeps the whole cookie policy.

One process serves every party on one HTTPS port: the shop *Harbour*, its technical partner, an analytics
service, a social network, an advertising network, and the harness's own control pages. The host name of a
request decides who answers it, and which deployment of the shop is meant: ``harbour.localhost`` is clean,
``<defect>.harbour.localhost`` is the same site with that one defect.
"""
