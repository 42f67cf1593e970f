"""Waits until a page is at rest, and lets page time run ahead of wall time to see what the page does later.

A page is at rest when no request is in flight, no document is loading, no store is being written, no callback is
pending, and no timer or end of an animation is due within the horizon. The preload script owns page time: when all is
quiet it moves straight to the next timer. Workers keep to the wall clock; with one, the horizon does too.

Timers that come again and again are held while a page settles, and many of them are then run at once.
`consentinel.evidence.standing` recognises requests that are made again and again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from consentinel.evidence.addresses import without_query
from consentinel.evidence.guarded import without_fragment
from consentinel.evidence.page_time import Step, advance, answering, release, run_ahead, tell
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Settled
from consentinel.evidence.rest import OnRest, ignore
from consentinel.evidence.standing import GIVEN_UP
from consentinel.evidence.workers import may_wait

QUIET_LIMIT = GIVEN_UP + 1.0
"""Seconds of wall time that a page may take until it is quiet once."""

REST_LIMIT = 45.0
"""Seconds of wall time that the whole settling may take, besides the horizon."""

HELD_UP = 2.0
"""Seconds of wall time for which a page is waited for that is busy while the proxy holds back an answer on purpose."""

HELD_AFTER = 0.3
"""Seconds of wall time for which requests are waited for before timers that come again and again are held."""

SPELL = 500.0
"""Milliseconds of page time for which such timers are run at once, at first. It doubles while nothing new happens."""

REFRESHED = 2.0
"""Seconds after which a document that was to be loaded anew will not be: a browser may refuse."""

STOP = "stop()"
"""Gives up the rest of a page that waits for a script which does not come. Chromium's driver would wait with it, for up
to five minutes, whatever it is asked next."""

DEAF = "a document kept its timers from being asked for"

MUTE = "the browser kept a popup's page from being asked for its timers"


def settle(recorder: Recorder, horizon: float, on_rest: OnRest = ignore) -> Settled:
    """Wait for rest, and watch for `horizon` seconds of page time that nothing more happens.

    The answer's `complete` is false when the page never came to rest; `reason` then says what kept it busy. At each
    rest on the way, `on_rest` gets how many seconds of page time have passed.
    """
    recorder.traffic.standing.begin()
    settling = _Settling(recorder, time.monotonic() + REST_LIMIT + horizon, horizon * 1000, horizon * 1000, on_rest)
    reason = settling.run()
    tab, loads = recorder.context.tab, recorder.context.loads()
    page = next((frame.url for frame in recorder.context.frames() if frame.id == tab), "")
    bound = horizon if settling.is_over else horizon - max(settling.left, 0) / 1000
    standing = recorder.traffic.standing.stood()
    return Settled(time.time(), bound, page, not reason, reason, standing, settling.thinned, tab, loads)


@dataclass(slots=True)
class _Settling:
    """The state of a page's settling. `deadline` is by `time.monotonic`; the other times are in ms of page time.

    `left` is still to be watched. `more` may be added to it when something new happened while timers were run at once;
    `spell` is for how long they are. `passed` is all the time that has passed; `on_rest` gets it in seconds.
    """

    recorder: Recorder
    deadline: float
    left: float
    more: float
    on_rest: OnRest
    passed: float = 0.0
    spell: float = SPELL
    polls: bool = False
    thinned: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the horizon was watched."""
        return self.left <= 0.5

    def run(self) -> str:
        """Watch until the horizon. Return why the result proves nothing, or an empty string if it proves rest."""
        steps = self._rest()
        self.on_rest(0.0)
        while isinstance(steps, list) and not self.is_over:
            if time.monotonic() > self.deadline:
                return self._restless()
            steps = self._go_on(steps)
            self.on_rest(self.passed / 1000)
        self._release()
        if isinstance(steps, str):
            return steps
        doubt, tab = self.recorder.traffic.standing.doubt(), self.recorder.context.tab
        if doubt and any(step.frame == tab and step.ready == "loading" for step in steps):
            tell(self.recorder, STOP, [tab])
        return doubt

    def _go_on(self, steps: list[Step]) -> list[Step] | str:
        """Let some of the time pass, and wait until what has begun in it is over. Return as `_rest` does."""
        if _keeps_to_the_wall_clock(self.recorder, steps, self.left):
            self._release()
            begun = time.monotonic()
            self.recorder.wait_for_more(self.left / 1000)
            rested = self._rest()
            waited = (time.monotonic() - begun) * 1000
            self.left -= waited
            self.passed += waited
            return rested
        kinds, polls = self.recorder.traffic.standing.kinds(), any(step.polls for step in steps)
        moved = run_ahead(self.recorder, steps, min(self.left, self.spell) if polls else self.left)
        rested = self._rest()
        self.passed += moved
        if not polls:
            self.left -= moved
        elif self.recorder.traffic.standing.kinds() > kinds:
            # Page time may have gone on for a while after what is new: that while does not count.
            added, self.spell = min(moved, self.more), SPELL
            self.more -= added
            self.left -= moved - added
        else:
            self.left, self.spell = self.left - moved, self.spell * 2
        return rested

    def _rest(self) -> list[Step] | str:
        """Wait until two looks in a row find nothing going on. Return the frames' answers, or why that never came."""
        recorder, begun = self.recorder, time.monotonic()
        limit = min(self.deadline, begun + QUIET_LIMIT)
        recorder.traffic.standing.look()
        flying = recorder.wait_quiet(HELD_AFTER)
        while True:
            before, asked = recorder.news, answering(recorder)
            steps = advance(recorder, [(frame, 0.0) for frame in asked])
            self.polls = self.polls or any(step.polls for step in steps)
            self.thinned = self.thinned or any(step.thinned for step in steps)
            # The browser reports a frame that a page has written late, but before the page's own answer.
            is_silent = not flying and recorder.news == before and answering(recorder) == asked
            if is_silent and not any(self._is_busy(step, begun) for step in steps):
                mute = any(frame.is_mute and frame.loads for frame in recorder.context.frames())
                return MUTE if mute else DEAF if any(step.deaf for step in steps) else steps
            if time.monotonic() > limit:
                return self._restless(flying, steps)
            flying = recorder.wait_quiet(max(0.0, limit - time.monotonic()))

    def _is_busy(self, step: Step, since: float) -> bool:
        """Return whether something goes on in a frame, which has been waited for since then, by `time.monotonic`."""
        traffic = self.recorder.traffic
        is_busy = step.busy and not (traffic.is_held_up() and time.monotonic() - since > HELD_UP)
        enough = ("complete", "interactive") if traffic.keeps_from_loading() else ("complete",)
        loads = step.ready not in enough and not traffic.standing.late and not traffic.is_held_up()
        loads = loads and not self._is_written(step.frame)
        return is_busy or loads or any(not traffic.excuses(url) for url in step.open)

    def _is_written(self, frame: str) -> bool:
        """Return whether scripts write a frame's document: one without an address never counts as loaded, as a rule.

        Firefox gives it the address of the page whose script writes it.
        """
        found = self.recorder.frame(frame)
        return found is not None and (found.url.startswith("about:") or not found.coming)

    def _restless(self, flying: list[str] | None = None, steps: list[Step] | None = None) -> str:
        if flying:
            return f"a request never ended: {without_query(flying[0])}"
        awaited = [url for step in steps or () for url in step.open if not self.recorder.traffic.excuses(url)]
        if awaited:
            return f"a script never got its answer: {without_query(awaited[0])}"
        latest = self.recorder.traffic.standing.latest
        return f"the page kept loading, writing or sending{f', last: {latest}' if latest else ''}"

    def _release(self) -> None:
        """Release the timers that were held because they come again and again."""
        if self.polls:
            release(self.recorder)


def _keeps_to_the_wall_clock(recorder: Recorder, steps: list[Step], left: float) -> bool:
    """Return whether a worker may have set a timer, or the page is to be loaded anew: both go by the wall clock."""
    flows = recorder.tap.flows if recorder.tap else []
    is_anew = any(step.refresh is not None and step.refresh <= left for step in steps)
    scripts = [script for step in steps for script in step.workers if not recorder.traffic.is_kept_away(script)]
    return is_anew or _is_led_on(recorder, left / 1000) or any(may_wait(script, flows) for script in scripts)


def _is_led_on(recorder: Recorder, seconds: float) -> bool:
    """Return whether the answer of a document that shows asks for another one within so many seconds, by a header."""
    due = recorder.tap.refreshes if recorder.tap else {}
    pages = {without_fragment(frame.url) for frame in recorder.context.frames()} if due else set[str]()
    return any(-REFRESHED <= due[page] - time.monotonic() <= seconds for page in pages & due.keys())
