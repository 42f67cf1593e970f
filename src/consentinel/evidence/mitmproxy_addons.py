"""The few parts of mitmproxy that are at work here, without all of its addons.

Whoever asks for its master, or for one addon, gets them all, with an LDAP client, a web framework and more: a third of
a second before each run. So their package stands here as it is found, without having been run.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec

_PACKAGE = "mitmproxy.addons"
_found = find_spec(_PACKAGE)
if _found is not None:
    sys.modules.setdefault(_PACKAGE, module_from_spec(_found))

from mitmproxy import master  # noqa: E402 - their package must stand there first
from mitmproxy.addons import core, disable_h2c, next_layer, proxyserver, savehar, tlsconfig  # noqa: E402 - as above

__all__ = ["core", "disable_h2c", "master", "next_layer", "proxyserver", "savehar", "tlsconfig"]
