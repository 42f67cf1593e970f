"""Clicks that land on what the page shows.

A browser sends a click to the frame that was at that place in the last picture it made. A dialog that has opened since,
or a page that has scrolled, is not in it yet: the click goes through to a frame of another site beneath, without a
trace on the page. A person sees the picture first; so does this.
"""

from __future__ import annotations

from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

# Two turns: in the second the picture of the first has been made. A page that is not shown makes none.
_SHOWN = """
const done = arguments[arguments.length - 1];
const limit = setTimeout(done, 1000);
const turn = (left) => requestAnimationFrame(() => {
  if (left) return turn(left - 1);
  clearTimeout(limit);
  done();
});
turn(1);
"""

_SCROLL = """
const box = arguments[0].getBoundingClientRect();
const isInView = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
if (!isInView) arguments[0].scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
return top.length > 0;
"""


def wait_for_picture(driver: WebDriver) -> None:
    """Wait until the browser has made a picture of the page as it is now, at most a second."""
    driver.execute_async_script(_SHOWN)


def click(element: WebElement) -> None:
    """Click an element where it is seen. Raises as WebDriver's own click does."""
    driver: WebDriver = element.parent
    if driver.execute_script(_SCROLL, element):
        wait_for_picture(driver)
    element.click()
