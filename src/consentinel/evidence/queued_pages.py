"""Recognises a tab that is left for a page which the browser cannot ask for yet."""

from __future__ import annotations

from consentinel.browser.events import Frame
from consentinel.evidence.guarded import without_fragment
from consentinel.evidence.recorder import Recorder


def waits_its_turn(recorder: Recorder, frame: Frame) -> bool:
    """Return whether the page that a frame goes to, or its tab, waits for an answer that is held back on purpose.

    Browsers let requests for one address wait for the first one's answer: a page that was fetched ahead, for instance.
    Until the page is asked for, Chromium lets no command reach the document that is left and the frames in it.
    """
    tab = recorder.frame(frame.top)
    return any(_is_queued(recorder, one) for one in (frame, tab) if one is not None)


def _is_queued(recorder: Recorder, frame: Frame) -> bool:
    tap = recorder.tap
    if tap is None or not frame.is_loading or not tap.holds(without_fragment(frame.url)):
        return False
    return all(sent.params.get("navigation") != frame.coming for sent in recorder.traffic.sent)
