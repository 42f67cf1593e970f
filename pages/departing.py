"""The links by which a visitor leaves the site: clicked, while the visitor stays."""

from __future__ import annotations

from functools import partial

from selenium.webdriver.common.action_chains import ActionChains

from consentinel.browser.isolated import isolated_answer
from consentinel.browser.pointer import wait_for_picture
from consentinel.evidence.departure import Departure
from consentinel.site.hosts import covered
from consentinel.visitor.page import ALL, Page

CLICKS = "clicks a link that leads to {0}"
NO_LINK = "finds no link that leads away"
"""What the record calls it; where a page has no such link, nobody can click one."""

KINDS = {"other": "another site", "file": "a file", "call": "a letter or a call"}
"""The kinds of links, of each of which one is clicked, and what they lead to."""

# A letter or a call would open another program: what the page does by itself is not kept from happening. A link for a
# new window leads to this one, as with no window there is none to close.
_PLACE = f"""{ALL}
const [kind, hosts, isKept] = arguments;
const isFile = /\\.(7z|avi|csv|docx?|exe|gz|midi?|mov|mp3|mp4|mpe?g|pdf|pkg|pp[st]x?|rar|rtf|wav|wm[av]|xlsx?|zip)$/i;
const isOwn = (host) => hosts.some((one) => host === one || (one.startsWith("*.") && host.endsWith(one.slice(1))));
const kindOf = (a) => {{
  if (/^(mailto|tel|sms):$/.test(a.protocol)) return "call";
  if (!/^https?:$/.test(a.protocol)) return "";
  if (a.hasAttribute("download") || isFile.test(a.pathname)) return "file";
  return isOwn(a.hostname) || a.host === location.host ? "" : "other";
}};
const shown = all("a[href]").filter((a) => kindOf(a) === kind && a.checkVisibility() && a.getClientRects().length);
const isMet = (a, place) => place[0] > 0 && place[1] > 0 && place[0] < innerWidth && place[1] < innerHeight &&
  a.contains(a.getRootNode().elementFromPoint(...place));
const placeOf = (a) => {{
  const {{ left, right, top, bottom }} = a.getClientRects()[0];
  return [Math.round((left + right) / 2), Math.round((top + bottom) / 2)];
}};
for (const link of shown.slice(0, 10)) {{
  if (!isMet(link, placeOf(link))) link.scrollIntoView({{ block: "center", behavior: "instant" }});
  if (!isMet(link, placeOf(link))) continue;
  if (kind === "call" || isKept) link.addEventListener("click", (event) => event.preventDefault(), {{ once: true }});
  if (link.target) link.target = "_self";
  return [...placeOf(link), link.href];
}}
return [];
"""


class Departing(Page):
    """A visitor who clicks links that lead away from the site."""

    def click_links_away(self) -> None:
        """Click a link to another site, one to a file, and one that begins a letter or a call, where the page has them.

        The proxy answers in place of what the links lead to, so that nobody hears but whom the page tells of it.
        """
        clicked = [kind for kind in KINDS if self._click(kind)]
        if not clicked:
            with self.visitor.doing(NO_LINK):
                pass

    def _click(self, kind: str) -> bool:
        """Click a link of this kind. Return False where nobody can."""
        visitor, tap = self.visitor, self.visitor.recorder.tap
        hosts = visitor.profile.site.hosts
        found = isolated_answer(self.driver, _PLACE, kind, list(hosts), tap is None)
        if not found:
            return False
        left, top, shown = found
        with visitor.doing(CLICKS.format(KINDS[kind])):
            if tap is not None:
                tap.departure = Departure(shown, partial(covered, hosts))
            wait_for_picture(self.driver)
            actions = ActionChains(self.driver, duration=0)
            actions.w3c_actions.pointer_action.move_to_location(left, top)
            actions.click().perform()
        if tap is not None:
            tap.departure = None
        return True
