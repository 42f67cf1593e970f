"""`python -m consentinel`: the same as the command `consentinel`."""

from __future__ import annotations

from consentinel.cli import main

if __name__ == "__main__":
    main()
