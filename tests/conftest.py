"""Properties are not hurried."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no failure: what these properties say does not depend on time.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
