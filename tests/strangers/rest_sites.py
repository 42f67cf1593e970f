"""A small deployment whose pages never fall silent, each in one way; any of them may hide a violation behind it.

`/page/WAY` is clean; `/page/WAY?hides=DEFECT` adds a script from `HIDDEN`. Everything is served on loopback: the pages
by `shop.localhost`, what no visitor has agreed to by `tracker.localhost`, a partner's script by `slow.localhost`.
"""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from tests.serving import QuietHandler, Server, listening

SHOP, TRACKER, SLOW = "shop.localhost", "tracker.localhost", "slow.localhost"

WAYS = {
    "quiet": "",
    "fetch that stays open": "(async () => { for (;;) await (await fetch('/held')).text(); })();",
    "XMLHttpRequest that stays open": """
        const ask = () => {
          const request = new XMLHttpRequest();
          request.onloadend = ask;
          request.open("GET", `/held?since=${Date.now()}`);
          request.send();
        };
        ask();
    """,
    "body that never ends": """
        (async () => {
          const reader = (await fetch("/endless?type=application/x-ndjson")).body.getReader();
          for (;;) await reader.read();
        })();
    """,
    "event stream": "new EventSource('/endless?type=text/event-stream').onmessage = () => {};",
    "moving picture": "document.body.append(Object.assign(new Image(), { src: '/moving' }));",
    "picture after picture": """
        let number = 0;
        const next = (picture) => { picture.src = `/moving/${number += 1}`; };
        next(document.body.appendChild(Object.assign(new Image(), { onload: (event) => next(event.target) })));
    """,
    "sound": "document.body.append(Object.assign(new Audio('/sound'), { preload: 'auto' }));",
    "socket with a heartbeat": """
        const socket = new WebSocket(`ws://${location.host}/socket`);
        socket.onopen = () => setInterval(() => socket.send("still here"), 50);
    """,
    "fetch every 200 ms": "setInterval(() => fetch('/quick').then((answer) => answer.json()), 200);",
    "fetch 200 ms after the last": """
        (async () => {
          for (;;) {
            await (await fetch(`/quick?at=${Date.now()}`)).json();
            await new Promise((resolve) => setTimeout(resolve, 200));
          }
        })();
    """,
    "fetch without a pause": "(async () => { for (;;) await (await fetch('/quick')).json(); })();",
    "beacon every second": "setInterval(() => navigator.sendBeacon('/quick', 'alive'), 1000);",
    "script every 300 ms": """
        setInterval(() => {
          const script = document.createElement("script");
          script.src = `/answer.js?at=${Date.now()}`;
          script.onload = () => script.remove();
          document.head.append(script);
        }, 300);
    """,
    "frames that fetch": """
        for (const every of [20, 50]) frame(`/frame/fetching?every=${every}`);
        frame(`//slow.localhost:${location.port}/frame/fetching?every=120`);
    """,
    "frames that count": "for (const every of [20, 27, 33]) frame(`/frame/counting?every=${every}`);",
    "pictures": "const draw = () => requestAnimationFrame(draw); draw();",
    "timers that set each other": """
        const tick = () => setTimeout(() => tock(), 20), tock = () => setTimeout(() => tick(), 30);
        tick();
    """,
    "timers of a frozen Error": "Object.freeze(Error); "
    "setInterval(() => { if (!Number.isInteger(Date.now())) document.cookie = 'fraction=1'; }, 33.3);",
    "worker that fetches": """
        const source = `setInterval(() => fetch("${location.origin}/quick"), 100);`;
        new Worker(URL.createObjectURL(new Blob([source])));
    """,
}
"""What each page does for as long as it is open."""

SCRIPT_THAT_IS_LATE = "script that does not come"

HIDDEN = {
    "later": "setTimeout(() => fetch('//tracker.localhost:PORT/collect', { mode: 'no-cors' }), 4000);",
    "later, by two timers": """
        setTimeout(() => setTimeout(() => fetch('//tracker.localhost:PORT/collect', { mode: 'no-cors' }), 2500), 2000);
    """,
    "cookie, later": "setTimeout(() => { document.cookie = '_ga=1'; }, 4000);",
    "tenth poll": """
        let polls = 0;
        const ask = async () => {
          polls += 1;
          await fetch(polls < 10 ? '/poll' : '//tracker.localhost:PORT/collect', { mode: 'no-cors' });
          if (polls < 10) setTimeout(ask, 200);
        };
        ask();
    """,
    "fifteenth tick": """
        let ticks = 0;
        setInterval(() => {
          ticks += 1;
          if (ticks === 15) fetch('//tracker.localhost:PORT/collect', { mode: 'no-cors' });
        }, 250);
    """,
    "tenth answer": """
        let answers = 0;
        setInterval(async () => {
          await (await fetch('/poll')).text();
          answers += 1;
          if (answers !== 10) return;
          const script = document.createElement("script");
          script.src = "/later.js";
          document.head.append(script);
        }, 200);
    """,
    "cookie by an answer": """
        let answers = 0;
        setInterval(async () => {
          await (await fetch('/poll')).text();
          answers += 1;
          if (answers === 12) document.cookie = '_ga=1';
        }, 150);
    """,
}
"""What a page hides: each sends to the tracker, or writes the cookie `_ga`, within 5 s of page time."""

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<title>{title}</title></head><body><h1>{title}</h1><p>Some words.</p><script>
const frame = (url) => document.body.append(Object.assign(document.createElement("iframe"), {{ src: url }}));
{script}</script>{more}</body></html>"""

_FRAMES = {
    "fetching": "setInterval(() => fetch('/quick').then((answer) => answer.json()), {every});",
    "counting": "let count = 0; setInterval(() => {{ count += 1; }}, {every});",
}


class Site:
    """The running deployment. `held` is how long, in seconds, the server keeps an answer back; `asked` what came."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.held = 25.0
        self.asked: list[str] = []
        self.server = Server(_handler(self))

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.server_address[1])

    def url(self, way: str, hides: str = "") -> str:
        """The page that never falls silent in this way."""
        name = way.replace(" ", "_")
        return f"http://{SHOP}:{self.port}/page/{name}" + (f"?hides={hides.replace(' ', '_')}" if hides else "")

    def page(self, name: str, hides: str) -> str:
        """The text of a page."""
        way, defect = name.replace("_", " "), hides.replace("_", " ")
        late = f"<script async src='//{SLOW}:{self.port}/late.js'></script>" if way == SCRIPT_THAT_IS_LATE else ""
        hidden = f"<script>{HIDDEN[defect].replace('PORT', str(self.port))}</script>" if defect else ""
        return _PAGE.format(title=way, script=WAYS.get(way, ""), more=hidden + late)


@contextmanager
def running() -> Iterator[Site]:
    """Serve the deployment until the block ends; answers that are held back then end as well."""
    site = Site()
    with listening(site.server):
        try:
            yield site
        finally:
            site.over.set()


def _handler(site: Site) -> type[QuietHandler]:
    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            site.asked.append(f"{self.headers.get('host', '')}{self.path}")

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            first, _, rest = parts.path.lstrip("/").partition("/")
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            answer = getattr(self, f"_{first.replace('.', '_')}", None)
            if answer is None:
                self._send(404, "text/plain", "no such page")
            else:
                answer(rest, query)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self._send(204, "", "")

        def _page(self, name: str, query: dict[str, str]) -> None:
            self._send(200, "text/html; charset=utf-8", site.page(name, query.get("hides", "")))

        def _frame(self, name: str, query: dict[str, str]) -> None:
            script = _FRAMES[name].format(every=query["every"])
            self._send(200, "text/html; charset=utf-8", _PAGE.format(title=name, script=script, more=""))

        def _quick(self, _rest: str, _query: dict[str, str]) -> None:
            self._send(200, "application/json", "{}")

        _poll = _quick

        def _collect(self, _rest: str, _query: dict[str, str]) -> None:
            self._send(204, "", "")

        def _answer_js(self, _rest: str, _query: dict[str, str]) -> None:
            self._send(200, "text/javascript", "window.answered = (window.answered || 0) + 1;")

        def _later_js(self, _rest: str, _query: dict[str, str]) -> None:
            script = HIDDEN["later"].replace("PORT", str(site.port)).replace("4000", "1500")
            self._send(200, "text/javascript", script)

        def _late_js(self, _rest: str, _query: dict[str, str]) -> None:
            site.over.wait(120)
            self._send(200, "text/javascript", "")

        def _held(self, _rest: str, _query: dict[str, str]) -> None:
            site.over.wait(site.held)
            self._send(200, "application/json", "{}")

        def _endless(self, _rest: str, query: dict[str, str]) -> None:
            self._stream(query["type"], b'data: {"beat": 1}\n\n', 0.2)

        def _moving(self, number: str, _query: dict[str, str]) -> None:
            if number:
                self._send(200, "image/gif", _DOT.decode("latin-1"))
                return
            head = f"--part\r\nContent-Type: image/gif\r\nContent-Length: {len(_DOT)}\r\n\r\n".encode()
            self._stream("multipart/x-mixed-replace; boundary=part", head + _DOT + b"\r\n", 0.1)

        def _sound(self, _rest: str, _query: dict[str, str]) -> None:
            self._stream("audio/wav", _WAV, 0.1, then=b"\x80" * 800)

        def _socket(self, _rest: str, _query: dict[str, str]) -> None:
            key = self.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            self.send_response(101)
            self.send_header("upgrade", "websocket")
            self.send_header("connection", "Upgrade")
            self.send_header("sec-websocket-accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
            self.end_headers()
            self.close_connection = True
            while self.rfile.read(1):
                pass

        def _stream(self, kind: str, part: bytes, pause: float, then: bytes = b"") -> None:
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("connection", "close")
            self.end_headers()
            self.close_connection = True
            try:
                while not site.over.wait(pause):
                    self.wfile.write(part)
                    part = then or part
            except OSError:
                pass  # the page was left

        def _send(self, status: int, kind: str, body: str) -> None:
            data = body.encode("latin-1")
            try:
                self.send_response(status)
                if kind:
                    self.send_header("content-type", kind)
                self.send_header("access-control-allow-origin", "*")
                if status != 204:
                    self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                pass  # the page was left

    return Handler


_DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_WAV = base64.b64decode("UklGRv////9XQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0Yf////8=")
