"""The decoys that a careless test of a rule beyond the policy would accuse, by the rule's id."""

from collections.abc import Mapping

NEAR_MISSES: Mapping[str, tuple[str, ...]] = {
    "R-PRIOR": ("load-balancer", "partner", "cookie-removed", "answer-not-waited-for", "settings-missed"),
    "R-ACT": (
        "scroll-position",
        "field-remembered",
        "copy-with-its-source",
        "parts-that-are-loaded",
        "article-fetched-ahead",
        "word-from-another-tab",
    ),
    "R-EASY": ("button-that-says-ok",),
    "R-TICKED": ("box-that-is-ticked",),
    "R-KEYBOARD": ("button-that-says-ok", "keyboard-on-the-title"),
    "R-KEYS": ("keyboard-on-the-title", "button-that-says-ok"),
    "R-LIFETIME": ("consent-rewritten", "csrf-renewed"),
    "R-TAB": ("chat-on-a-narrow-screen", "button-that-says-ok"),
    "R-FOCUS": ("keyboard-on-the-title",),
    "R-LEAVE": ("keyboard-on-the-title",),
    "R-OBSCURED": ("banner-that-makes-room", "chat-on-a-narrow-screen"),
    "R-HEARD": ("banner-without-a-role",),
    "R-MOTION": ("banner-that-fades-in",),
    "R-REFLOW": ("chat-on-a-narrow-screen",),
    "R-AXE": ("colours-that-run",),
    "R-CONTRAST": ("colours-that-run",),
    "R-WALL": ("plea-after-a-refusal",),
    "R-WITHDRAW": ("word-after-a-withdrawal", "button-that-says-ok"),
    "R-ONCE": ("reminder-of-a-refusal",),
    "R-AGAIN": ("reminder-of-a-refusal",),
    "R-STATISTICS": ("counted-before-a-choice",),
    "R-RENEW": ("opt-out-flag", "reminder-of-a-refusal"),
    "R-ACCOUNT": ("display-of-the-device",),
}
