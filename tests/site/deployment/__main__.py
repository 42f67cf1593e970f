"""Serves the sites until interrupted: `python -m tests.site.deployment [port]`."""

from __future__ import annotations

import contextlib
import sys
import threading

from tests.site.deployment.hosts import MANAGERS
from tests.site.deployment.serve import serving

if __name__ == "__main__":
    with serving(int(sys.argv[1]) if len(sys.argv) > 1 else 8444) as sites, contextlib.suppress(KeyboardInterrupt):
        for manager in MANAGERS:
            print(sites.url(manager), flush=True)
        print(f"authority to trust: {sites.authority}", flush=True)
        threading.Event().wait()
