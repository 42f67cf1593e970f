"""Clicks that land on what the page shows.

A browser sends a click to the frame that was at that place in the last picture it made. A dialog that has opened since,
or a page that has scrolled, is not in it yet: the click goes through to a frame of another site beneath, without a
trace on the page. A person sees the picture first; so does this.
"""

from __future__ import annotations

from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.errors import PageStaysBlank
from consentinel.browser.isolated import isolated_answer

PICTURE_LIMIT = 10.0
"""Seconds that a page that is shown may take to be drawn."""

# Two turns: in the second the picture of the first has been made. A page that is not shown makes none.
_SHOWN = """
const isHidden = () => document.visibilityState === "hidden";
const [limit] = arguments;
const turn = (left, done) => requestAnimationFrame(() => left ? turn(left - 1, done) : done(true));
return isHidden() || new Promise((done) => {
  setTimeout(() => done(isHidden()), limit);
  turn(1, done);
});
"""

_SCROLL = """
const box = arguments[0].getBoundingClientRect();
const isInView = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
if (!isInView) arguments[0].scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
return top.length > 0;
"""


def wait_for_picture(driver: WebDriver) -> None:
    """Wait until the browser has made a picture of the page as it is now. A page that is not shown needs none.

    Raises PageStaysBlank where the page stays blank: Chromium never draws one that goes to a download before it is
    drawn, and has no answer to a pointer or a key there.
    """
    if not isolated_answer(driver, _SHOWN, PICTURE_LIMIT * 1000):
        raise PageStaysBlank(
            f"{driver.current_url} stays blank, the browser has not drawn it within {PICTURE_LIMIT:g} seconds: does it "
            "go to a download while it loads?"
        )


def click(element: WebElement) -> None:
    """Click an element where it is seen. Raises as WebDriver's own click does."""
    driver: WebDriver = element.parent
    if driver.execute_script(_SCROLL, element):
        wait_for_picture(driver)
    element.click()
