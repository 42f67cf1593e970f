"""The recording proxy, with a port for each visitor, so that it is known whose each request is.

It sees traffic that no browser reports: service workers, beacons on leaving a page, preflights, sockets. It passes
everything on unchanged unless a visitor's `Alteration` says otherwise, and leaves out of the record what a browser asks
for itself. The proxying is mitmproxy's, in a thread of its own; it listens on loopback alone by default.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import certifi
from mitmproxy import http, options

from consentinel.evidence import mitmproxy_context, workers
from consentinel.evidence.authority import key_of, write_authority
from consentinel.evidence.browser_requests import is_of_the_browser
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.mitmproxy_addons import core, disable_h2c, master, next_layer, proxyserver, tlsconfig
from consentinel.evidence.mitmproxy_internals import end_connections, modes, open_ports, prepare
from consentinel.evidence.outbound import AccessHeaders, OfferedProtocols, Outbound, Paced, RouteLoop
from consentinel.evidence.reported import CHANNEL, has_no_end
from consentinel.evidence.request_merge import note_end
from consentinel.evidence.route import DIRECT, Route
from consentinel.evidence.stand_in import StandIn
from consentinel.evidence.standing import Flight, Memory
from consentinel.evidence.tap import Tap

__all__ = ["ProxyFailure", "RecordingProxy", "Tap"]

log = logging.getLogger(__name__)

START_LIMIT = 20.0
"""Seconds that the proxy may take to open a port."""


MOST_MISSED = 50
"""Doubts that are noted of one visitor's traffic at most."""


class ProxyFailure(Exception):
    """The recording proxy could not be started. The message is one line."""


def _noted(take: Callable[[_Listener, http.HTTPFlow], None]) -> Callable[[_Listener, http.HTTPFlow], None]:
    """Return a hook whose failure becomes a doubt, since mitmproxy itself would pass over it."""

    @wraps(take)
    def taken(listener: _Listener, flow: http.HTTPFlow) -> None:
        try:
            take(listener, flow)
        except Exception as error:
            log.exception("a flow could not be noted")
            listener.doubt(flow, f"what passed the proxy could not be read ({type(error).__name__}: {error})")

    return taken


class _Listener:
    """The mitmproxy addon: files each flow under the port it came in by."""

    def __init__(self) -> None:
        self.taps: dict[int, Tap] = {}
        self.stand_ins: dict[int, StandIn | None] = {}  # of visitors who have left, too: pages send something then
        self._passed: dict[str, bytearray] = {}

    @_noted
    def requestheaders(self, flow: http.HTTPFlow) -> None:
        tap, stand_in = self.tap_of(flow), self.stand_ins.get(flow.client_conn.sockname[1])
        if stand_in is not None:
            stand_in.apply(flow)
        if tap is not None and not is_of_the_browser(flow.request):
            destination = flow.request.headers.get("sec-fetch-dest", "")
            flight = tap.in_flight[flow.id] = Flight(url_of(flow.request), destination, flow.request.method)
            tap.flows.append(flow)
            tap.addresses[url_of(flow.request)] += 1
            tap.on_change("request", flight)
            if tap.alteration is not None:
                tap.alteration.apply(flow)
            if tap.departure is not None:
                tap.departure.apply(flow)

    @_noted
    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Pass the body on as it comes: a page that shows its answer bit by bit, or never sees its end, goes on so."""
        if flow.response is None or flow.response.raw_content is not None:
            return  # an answer that is there as a whole is the harness's own
        if (tap := self.tap_of(flow)) is not None:
            tap.note_refresh(url_of(flow.request), flow.response.headers.get("refresh", ""))
            if tap.lead_in and workers.is_script(flow):
                return  # it comes as a whole
        passed = self._passed[flow.id] = bytearray()

        def pass_on(data: bytes) -> bytes:
            passed.extend(data)
            return data

        flow.response.stream = pass_on
        kind = flow.response.headers.get("content-type", "")
        if kind.startswith(CHANNEL):
            self._landed(flow)
        elif has_no_end(kind, flow.request.headers.get("sec-fetch-dest", "")):
            self._goes_on(flow)

    @_noted
    def response(self, flow: http.HTTPFlow) -> None:
        passed = self._passed.pop(flow.id, None)
        if flow.response is not None and passed is not None:
            flow.response.raw_content = bytes(passed)
        elif (tap := self.tap_of(flow)) is not None and tap.lead_in and workers.is_script(flow):
            workers.lead_in(flow, tap.lead_in)
        note_end(flow)
        self._landed(flow)

    @_noted
    def websocket_message(self, flow: http.HTTPFlow) -> None:
        """A message has gone over a socket; the flow holds it."""
        tap = self.tap_of(flow)
        if tap is not None:
            tap.on_change("message", Flight(url_of(flow.request), method=flow.request.method))

    @_noted
    def error(self, flow: http.HTTPFlow) -> None:
        self._passed.pop(flow.id, None)
        self._landed(flow)

    def _goes_on(self, flow: http.HTTPFlow) -> None:
        tap = self.tap_of(flow)
        flight = tap.in_flight.get(flow.id) if tap is not None else None
        if tap is not None and flight is not None:
            flight.endless = True
            tap.on_change("answer's head", flight)

    def doubt(self, flow: http.HTTPFlow, text: str) -> None:
        """Note what could not be seen of a visitor's traffic."""
        tap = self.tap_of(flow)
        if tap is not None and text not in tap.missed and len(tap.missed) < MOST_MISSED:
            tap.missed.append(text)

    def _landed(self, flow: http.HTTPFlow) -> None:
        tap = self.tap_of(flow)
        flight = tap.in_flight.pop(flow.id, None) if tap is not None else None
        if tap is None or flight is None:
            return
        if flow.error is None:
            tap.memory.answered(flight)
        tap.on_change("answer", flight)

    def tap_of(self, flow: http.HTTPFlow) -> Tap | None:
        """Return the tap of the visitor whose flow it is, None for a flow that is not recorded."""
        tap = self.taps.get(flow.client_conn.sockname[1])
        return tap if tap and flow.client_conn.timestamp_start >= tap.since else None


class RecordingProxy:
    """The recording proxy of one worker. `trust` is the file of authorities to trust, the public ones when None.

    `route` is the way of its requests. It shares the certificate authority of the proxy `beside`.
    """

    def __init__(
        self,
        listen: str = "127.0.0.1",
        seen_from: str | None = None,
        trust: Path | None = None,
        route: Route = DIRECT,
        beside: RecordingProxy | None = None,
    ) -> None:
        self._listen = listen
        self._seen_from = seen_from or listen
        self._listener = _Listener()
        self._memory = Memory()
        self._free: list[int] = []
        self._ports: list[int] = []
        self._folder = tempfile.TemporaryDirectory(prefix="consentinel-wire-")
        if beside is None:
            write_authority(Path(self._folder.name))
        else:
            shutil.copytree(beside._folder.name, self._folder.name, dirs_exist_ok=True)
        self._trust = trust or Path(certifi.where())
        mitmproxy_context.split()
        prepare()
        self._route = route
        self._loop = RouteLoop(route)
        self._master: master.Master | None = None
        self._proxyserver = proxyserver.Proxyserver()
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="wire", daemon=True)
        self._thread.start()
        ready.result(START_LIMIT)

    def tap(self, stand_in: StandIn | None = None) -> Tap:
        """Record on a port for one visitor; `stand_in` answers in place of services. Raises ProxyFailure."""
        port = self._free.pop() if self._free else self._open_port()
        tap = self._listener.taps[port] = Tap(self._seen_from, port, time.time(), memory=self._memory)
        self._listener.stand_ins[port] = stand_in
        return tap

    def untap(self, tap: Tap) -> None:
        """Stop recording for this visitor, who has left. The port is used again for a later one.

        Their connections end here: Firefox would keep each open for two minutes more, for nobody.
        """
        self._listener.taps.pop(tap.port, None)
        with suppress(RuntimeError):  # the proxy has ended, and its connections with it
            self._loop.call_soon_threadsafe(end_connections, self._proxyserver, tap.port, time.time())
        self._free.append(tap.port)

    @property
    def key(self) -> str:
        """The public key that all its certificates share: the SHA-256 of its SubjectPublicKeyInfo, in base64."""
        return key_of(Path(self._folder.name))

    def close(self) -> None:
        """Stop the proxy and free its ports."""
        if self._master is not None:
            self._loop.call_soon_threadsafe(self._master.shutdown)
        self._thread.join(START_LIMIT)
        self._folder.cleanup()

    def _open_port(self) -> int:
        with socket.socket() as probe:
            probe.bind((self._listen, 0))
            port = int(probe.getsockname()[1])
        self._ports.append(port)
        opening = asyncio.run_coroutine_threadsafe(self._open(list(self._ports)), self._loop)
        if not opening.result(START_LIMIT):
            raise ProxyFailure(
                f"the recording proxy could not listen on {self._listen}:{port}; use --no-wire to go without"
            )
        return port

    async def _open(self, ports: list[int]) -> bool:
        assert self._master is not None
        self._master.options.update(mode=modes(self._listen, ports))
        return await open_ports(self._proxyserver, self._listen, ports)

    def _serve(self, ready: Future[None]) -> None:
        asyncio.set_event_loop(self._loop)
        logging.getLogger("mitmproxy").setLevel(logging.CRITICAL)
        try:
            self._loop.run_until_complete(self._run(ready))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits for the start
            if not ready.done():
                ready.set_exception(ProxyFailure(f"the recording proxy did not start: {error}"))
        finally:
            self._loop.run_until_complete(self._hang_up())
            self._loop.close()

    async def _hang_up(self) -> None:
        """Close the ports and end the connections that are still open: mitmproxy leaves both to the process's end."""
        if self._master is not None:
            await open_ports(self._proxyserver, self._listen, [])
        open_still = asyncio.all_tasks() - {asyncio.current_task()}
        for task in open_still:
            task.cancel()
        await asyncio.gather(*open_still, return_exceptions=True)

    async def _run(self, ready: Future[None]) -> None:
        self._master = master.Master(options.Options(), event_loop=self._loop)
        self._master.addons.add(core.Core(), self._proxyserver, disable_h2c.DisableH2C(), next_layer.NextLayer())
        self._master.addons.add(OfferedProtocols(), tlsconfig.TlsConfig())
        if not self._route.is_direct:
            self._master.addons.add(Outbound(self._route, self._listener.doubt))
        if self._route.access.headers:
            self._master.addons.add(AccessHeaders(self._route.access))
        self._master.addons.add(self._listener, Paced(self._route.manners))
        settings: dict[str, Any] = {
            "confdir": self._folder.name,
            "connection_strategy": "lazy",
            "http2": False,
            "mode": [],
            "ssl_verify_upstream_trusted_ca": str(self._trust),
            "validate_inbound_headers": False,  # browsers are no stricter than `accept_careless_answers`
        }
        if not self._route.is_direct:
            settings["rawtcp"] = False  # what is no HTTP would go around the upstream proxy
        if self._route.client_certificate:
            settings["client_certs"] = str(self._route.client_certificate)
        self._master.options.update(**settings)
        self._loop.call_soon(ready.set_result, None)
        await self._master.run()
