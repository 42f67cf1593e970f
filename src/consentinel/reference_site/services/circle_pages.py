"""The pages of the social network."""

from html import escape
from urllib.parse import quote

_STYLE = """:root{color-scheme:light dark;--ink:#1d1635;--ground:#f6f3ff;--card:#fff;--circle:#5b32d6}
@media(prefers-color-scheme:dark){:root{--ink:#efeaff;--ground:#140f26;--card:#221a3d;--circle:#a58bff}}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
main{max-width:26rem;margin:8vh auto;padding:2rem;background:var(--card);border-radius:1.25rem}
main>:first-child{margin-top:0}h1{margin:0 0 1rem;font-size:1.5rem}form{display:grid;gap:.4rem}
label{font-weight:600}input{margin-bottom:.7rem}
input,button{font:inherit;padding:.6rem .8rem;border-radius:.6rem;border:1px solid #8886}
button{background:#5b32d6;color:#fff;border:0;font-weight:600;cursor:pointer}
.mark{color:var(--circle);font-weight:700}"""

_BUTTON_STYLE = """:root{color-scheme:light dark}body{margin:0;font:600 14px system-ui,sans-serif}
form{margin:0}button,.shared{font:inherit;margin:0;padding:.5rem .9rem;border:0;border-radius:2rem;
background:#5b32d6;color:#fff;cursor:pointer}
[data-style=square] button{border-radius:0}.shared{display:inline-block;background:#1f7a4d}"""

_PREFERENCES = """
const kept = () => { try { return JSON.parse(localStorage.getItem("circle.prefs")); } catch { return null; } };
const keep = (style) => {
  document.body.dataset.style = style;
  try { localStorage.setItem("circle.prefs", JSON.stringify({ style })); } catch {}
};
keep(kept()?.style ?? "round");
document.querySelector(".style").addEventListener("click", () => keep("square"));
"""

_WORDS = {
    "en": ("Share", "{}, share this", "Show this button square"),
    "fr": ("Partager", "{}, partagez", "Afficher ce bouton en carré"),
}


def _page(page: str, title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} · Circle</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><style>{_STYLE}</style></head>'
        f'<body><main data-page="{page}"><p class="mark">◯ Circle</p><h1>{title}</h1>'
        f"{body}</main></body></html>"
    )


def sign_in(following: str, *, wrong: bool = False) -> str:
    """Return the sign-in form, going on to a path of this network."""
    target = quote(following, safe="")
    complaint = '<p role="alert">This is not the right password.</p>' if wrong else ""
    return _page(
        "network-sign-in",
        "Sign in",
        f'{complaint}<form method="post" action="/sign-in?return={target}">'
        '<label for="email">E-mail address</label><input id="email" name="email" type="email" required>'
        '<label for="password">Password</label>'
        '<input id="password" name="password" type="password" required>'
        '<button id="network-sign-in">Sign in</button></form>',
    )


def account(name: str) -> str:
    """Return the page of a signed-in person."""
    return _page(
        "network-account",
        "Your account",
        f'<p>Hello <b id="network-name">{escape(name)}</b>, you are signed in at Circle. '
        "Sites with Circle buttons may show them to you by name.</p>",
    )


def privacy() -> str:
    """Return the network's privacy policy."""
    return _page(
        "network-policy",
        "Privacy at Circle",
        "<p>Circle recognises browsers that load its buttons, and members who are signed in. "
        "Members can limit this in their account.</p>",
    )


def button(name: str | None, href: str, language: str, share: str) -> str:
    """Return the share button; ``share`` is the address that it posts to."""
    anonymous, personal, square = _WORDS.get(language, _WORDS["en"])
    label = personal.format(name) if name else anonymous
    return _frame(
        f'<form method="post" action="{escape(share)}">'
        f'<input type="hidden" name="href" value="{escape(href)}">'
        f'<button class="share">{escape(label)}</button>'
        f'<button class="style" type="button" aria-label="{escape(square)}">◻</button></form>'
        f"<script>{_PREFERENCES}</script>"
    )


def shared(name: str | None) -> str:
    """Return what the frame shows once the page was shared."""
    return _frame(f'<p class="shared">Shared{f" by {escape(name)}" if name else ""}</p>')


def _frame(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Circle</title>'
        f"<style>{_BUTTON_STYLE}</style></head><body>{body}</body></html>"
    )
