"""A browser-automation harness that checks a published cookie policy against a deployed site."""

__version__ = "1.0.0"
