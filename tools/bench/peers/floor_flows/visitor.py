"""What the flows do: loads, clicks, and waits for what they click. Nothing is recorded and nothing is judged."""

from __future__ import annotations

import json

from tools.bench.peers import reference as site
from tools.bench.peers.floor_flows.client import BidiClient, Client

# Where an element is, once it shows and has been in one place for the time of a picture.
_PLACE = """
(selector) => new Promise((resolve) => {
  let last = "";
  const look = () => {
    const element = document.querySelector(selector);
    if (element && element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) {
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = element.getBoundingClientRect();
      const place = `${box.left + box.width / 2} ${box.top + box.height / 2}`;
      if (place === last) return resolve(place);
      last = place;
    }
    requestAnimationFrame(look);
  };
  look();
})
"""

_GONE = """
(selector) => new Promise((resolve) => {
  const look = () => {
    const element = document.querySelector(selector);
    if (element && element.checkVisibility()) requestAnimationFrame(look); else resolve("");
  };
  look();
})
"""


class Visitor:
    """A tab in a browser context of its own. `size` is the window's width and height in CSS pixels."""

    def __init__(self, client: Client, size: tuple[int, int] = (1280, 800)) -> None:
        self.client = client
        self.context = client.call("Target.createBrowserContext")["browserContextId"]
        tab = client.call(
            "Target.createTarget", url="about:blank", browserContextId=self.context, width=size[0], height=size[1]
        )
        attached = client.call("Target.attachToTarget", targetId=tab["targetId"], flatten=True)
        self.session: str = attached["sessionId"]
        self._call("Page.enable")

    def leave(self) -> None:
        """Close the context."""
        self.client.call("Target.disposeBrowserContext", browserContextId=self.context)

    def visit(self, url: str) -> None:
        """Go to a page, until its load event."""
        self.client.told.clear()
        self._call("Page.navigate", url=url)
        self._wait_for_load()

    def click(self, selector: str, *, loads: bool = False) -> None:
        """Click an element; `loads`: until the page has loaded that comes of it."""
        across, down = map(float, self._ask(_PLACE, selector).split())
        self.client.told.clear()
        for what in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=what, x=across, y=down, button="left", clickCount=1)
        if loads:
            self._wait_for_load()

    def fill(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.click(selector)
        self._call("Input.insertText", text=text)

    def sees(self, selector: str) -> None:
        """Wait until an element shows."""
        self._ask(_PLACE, selector)

    def decide(self, button: str) -> None:
        """Choose, and see the banner go."""
        self.click(button)
        self._ask(_GONE, site.BANNER)

    def allow_only(self, *allowed: str) -> None:
        """Allow these categories in the preferences, which the banner opens."""
        self.click(site.OPEN_PREFERENCES)
        for category in allowed:
            self.click(site.switch(category))
        self.decide(site.SAVE)

    def change_to_refusal(self) -> None:
        """Refuse in the preferences, which the page's own link opens; the page reloads."""
        self.click(site.PREFERENCES_LINK)
        self.click(site.DIALOG_REFUSE_ALL, loads=True)

    def remove_all_cookies(self) -> None:
        """Empty the jar."""
        self.client.call("Storage.clearCookies", browserContextId=self.context)

    def _call(self, method: str, **params: object) -> dict[str, object]:
        return self.client.call(method, self.session, **params)

    def _wait_for_load(self) -> None:
        self.client.wait_for(self.session, "Page.loadEventFired")

    def _ask(self, function: str, selector: str) -> str:
        expression = f"({function})({json.dumps(selector)})"
        told = self.client.call(
            "Runtime.evaluate", self.session, expression=expression, awaitPromise=True, returnByValue=True
        )
        return str(told["result"].get("value", ""))


class BidiVisitor(Visitor):
    """The same in a browser that speaks BiDi."""

    def __init__(self, client: BidiClient, size: tuple[int, int] = (1280, 800)) -> None:
        self.client = client
        self.context = client.call("browser.createUserContext", acceptInsecureCerts=True)["userContext"]
        self.session = client.call("browsingContext.create", type="tab", userContext=self.context)["context"]
        viewport = {"width": size[0], "height": size[1]}
        client.call("browsingContext.setViewport", context=self.session, viewport=viewport)

    def leave(self) -> None:
        """Close the context."""
        self.client.call("browser.removeUserContext", userContext=self.context)

    def visit(self, url: str) -> None:
        """Go to a page, until its load event."""
        self.client.told.clear()
        self.client.call("browsingContext.navigate", context=self.session, url=url, wait="complete")

    def click(self, selector: str, *, loads: bool = False) -> None:
        """Click an element; `loads`: until the page has loaded that comes of it."""
        across, down = map(float, self._ask(_PLACE, selector).split())
        self.client.told.clear()
        moves = [{"type": "pointerMove", "x": round(across), "y": round(down)}]
        presses = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        pointer = {"type": "pointer", "id": "pointer", "actions": [*moves, *presses]}
        self.client.call("input.performActions", context=self.session, actions=[pointer])
        if loads:
            self._wait_for_load()

    def fill(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.click(selector)
        keys = [{"type": way, "value": letter} for letter in text for way in ("keyDown", "keyUp")]
        typing = {"type": "key", "id": "keyboard", "actions": keys}
        self.client.call("input.performActions", context=self.session, actions=[typing])

    def remove_all_cookies(self) -> None:
        """Empty the jar."""
        self.client.call("storage.deleteCookies", partition={"type": "storageKey", "userContext": self.context})

    def _wait_for_load(self) -> None:
        self.client.wait_for(self.session, "browsingContext.load")

    def _ask(self, function: str, selector: str) -> str:
        told = self.client.call(
            "script.evaluate",
            expression=f"({function})({json.dumps(selector)})",
            target={"context": self.session},
            awaitPromise=True,
        )
        return str(told["result"].get("value", ""))
