"""What is recorded is what the browser did: cookies that it took, writes by whatever means, one clock for dates."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from consentinel.browser.spec import Engine
from consentinel.evidence.acceptance import Setting, refusal
from consentinel.evidence.records import Kind, StoredItem, Write
from consentinel.site.profile import Category
from consentinel.verdicts import stored
from consentinel.visitor.visitor import Visitor
from tests.strangers.truth_sites import (
    CDN,
    SHOP,
    Answer,
    page,
)
from tests.strangers.truth_visits import (
    Visit,
    proxy,
    resources,
    visit,
)

__all__ = ["proxy", "resources", "visit"]

pytestmark = pytest.mark.browser

ASKED = (
    "{0}plain=1",
    "{0}lax=1; SameSite=Lax",
    "{0}strict=1; SameSite=Strict",
    "{0}none=1; SameSite=None",
    "{0}both=1; SameSite=None; Secure",
    "{0}secure=1; Secure",
    "{0}odd=1; SameSite=Odd",
    "__Secure-{0}a=1",
    "__Secure-{0}b=1; Secure",
    "__Host-{0}a=1; Secure",
    "__Host-{0}b=1; Secure; Path=/",
    "__Host-{0}c=1; Secure; Path=/sub",
    "__host-{0}d=1; Path=/",
    "__Http-{0}e=1; Secure",
    "__Http-{0}f=1; Secure; HttpOnly",
    "{0}large=" + "x" * 4096,
    "{0}part=1; Partitioned; Path=/",
    "{0}chips=1; Partitioned; Secure; Path=/; SameSite=None",
    "{0}bell=a\x07b",
    "{0}public=1; Domain=localhost",
    "{0}other=1; Path=/other",
    "{0}http=1; HttpOnly",
)
"""What answers and scripts ask for; `{0}` is who asks."""


def asked_by(who: str) -> list[str]:
    return [text.format(who) for text in ASKED]


def jar(visitor: Visitor) -> set[tuple[str, str]]:
    state = visitor.timeline.state
    return {(item.host, item.name) for item in state.items if item.kind is Kind.COOKIE} if state else set()


def writes(visitor: Visitor, kind: Kind, *operations: str) -> list[Write]:
    return [one for one in visitor.timeline.writes if one.kind is kind and one.operation in (operations or ("set",))]


def test_of_what_answers_ask_for_the_jar_decides_and_no_doubt_is_left(visit: Visit) -> None:
    head = f'<script src="http://{CDN}:{{port}}/lib.js"></script><script src="/own.js"></script>'
    head += f'<iframe src="http://{CDN}:{{port}}/frame"></iframe>'
    fetches = f"""fetch("http://{CDN}:{{port}}/omit", {{mode: "no-cors"}});
      fetch("http://{CDN}:{{port}}/with", {{credentials: "include"}})"""
    fetches = fetches.replace("{{", "{").replace("}}", "}")
    lent = ["SameSite=None; Secure"]
    answers = {
        (SHOP, "/"): Answer(page(fetches, head).body, cookies=asked_by("page")),
        (SHOP, "/own.js"): Answer("1", "text/javascript", asked_by("own")),
        (CDN, "/lib.js"): Answer("1", "text/javascript", asked_by("lib")),
        (CDN, "/frame"): Answer("<p>Text</p>", cookies=asked_by("frame")),
        (CDN, "/omit"): Answer("1", "text/plain", [f"omit=1; {lent[0]}"]),
        (CDN, "/with"): Answer("1", "text/plain", [f"with=1; {lent[0]}"]),
    }
    visitor, _ = visit(answers)
    kept = visitor.timeline.kept
    taken = {(one.cookie.host, one.cookie.name) for one in kept.taken}
    assert taken == jar(visitor)
    assert kept.untold == ()
    assert (CDN, "with") in taken
    assert (CDN, "omit") not in taken
    assert ((CDN, "libplain") in taken) is (visitor.browser.engine is Engine.FIREFOX)


def test_the_rules_say_of_scripts_what_reading_back_says(visit: Visit) -> None:
    assigned = asked_by("script")
    script = ";".join(f"document.cookie = {text!r}" for text in assigned)
    visitor, site = visit({(SHOP, "/"): page(script)})
    held = {name for _, name in jar(visitor)}
    setting = Setting(site.url(), site.url(), str(visitor.browser.engine), by_script=True)
    for text in assigned:
        name = text.partition("=")[0]
        if "Domain" not in text:
            assert (name in held) is (refusal(text, setting) == ""), text
    assert {one.name for one in writes(visitor, Kind.COOKIE)} == held
    assert {one.name for one in writes(visitor, Kind.COOKIE, "refused")} >= {"scriptnone", "scripthttp", "scriptlarge"}


def test_a_refused_cookie_is_not_accused_and_one_that_was_taken_and_removed_is(visit: Visit) -> None:
    refused = f'<script src="http://{CDN}:{{port}}/lib.js"></script>'
    tried = 'document.cookie = "_ga=GA1.1.83726152.17; SameSite=None";'
    answers = {
        (SHOP, "/"): page(tried, refused),
        (CDN, "/lib.js"): Answer("1", "text/javascript", ["lb=83726152abcdef01; SameSite=Lax"]),
        (SHOP, "/brief"): page(
            'document.cookie = "_ga=GA1.1.83726152.17; path=/"; document.cookie = "_ga=; max-age=0"'
        ),
        (SHOP, "/sneak"): Answer("", status=303, cookies=["_ga=2; Path=/"], headers={"location": "/clean"}),
        (SHOP, "/clean"): Answer(page().body, cookies=["_ga=; Max-Age=0; Path=/"]),
    }
    visitor, site = visit(answers, analytics=("_ga",))
    assert stored.only(visitor.timeline, visitor.profile, (), ()).findings == ()
    visitor.visit(site.url("/brief"), "reads on")
    (finding,) = stored.only(visitor.timeline, visitor.profile, (), ()).findings
    assert (finding.name, finding.written_by) == ("_ga", f"{site.url('/brief')}:1")
    visitor.mark = finding.at + 0.001
    visitor.visit(site.url("/sneak"), "reads on")
    (finding,) = stored.only(visitor.timeline, visitor.profile, (), (), visitor.mark).findings
    assert finding.written_by == site.url("/sneak"), "who removed it has not written it"
    gone = StoredItem(Kind.COOKIE, SHOP, "_ga")
    assert visitor.timeline.attribution.remover_of(gone, finding.at) == site.url("/clean")


AHEAD = "setTimeout(() => {}, 800); setTimeout(() => {document.body.dataset.late = 1}, 900);"


@pytest.mark.parametrize(
    "remove",
    [
        pytest.param("document.cookie = '_ga=; path=/; expires=' + new Date().toUTCString()", id="by the page's clock"),
        pytest.param("document.cookie = '_ga=; path=/; expires=' + new Date(0).toUTCString()", id="by an old date"),
        pytest.param("document.cookie = '_ga=; path=/; max-age=0'", id="by its age"),
        pytest.param("fetch('/gone', {method: 'POST'})", id="by the server's clock"),
    ],
)
def test_a_removal_by_any_clock_is_no_writing(visit: Visit, remove: str) -> None:
    script = f"""{AHEAD}
    if (!/_ga/.test(document.cookie)) document.cookie = "_ga=GA1.1.83726152.17; path=/; max-age=999999";
    setTimeout(() => document.querySelector("p").onclick = () => {{ {remove} }}, 950);"""
    gone = Answer("", status=204, cookies=[f"_ga=deleted; path=/; expires={formatdate(usegmt=True)}"])
    visitor, _ = visit({(SHOP, "/"): page(script), (SHOP, "/gone"): gone}, analytics=("_ga",))
    assert (SHOP, "_ga") in jar(visitor)
    with visitor.doing("refuses"):
        visitor.mark = visitor.timeline.state.at + 0.001 if visitor.timeline.state else 0.0
        visitor.browser.driver.execute_script("document.querySelector('p').click()")
    assert jar(visitor) == set()
    seen = visitor.timeline
    assert stored.written_since(seen, visitor.profile, (Category.ANALYTICS,), (), visitor.mark).findings == ()


INNER = '<iframe src="/inner"></iframe>'

STORE = {
    "property": "localStorage._uid = value; delete localStorage._uid",
    "index": "localStorage['_uid'] = value; delete localStorage['_uid']",
    "assign": "Object.assign(localStorage, {_uid: value}); localStorage.removeItem('_uid')",
    "define": "Object.defineProperty(localStorage, '_uid', {value}); localStorage.removeItem('_uid')",
    "reflect": "Reflect.set(localStorage, '_uid', value); Reflect.deleteProperty(localStorage, '_uid')",
    "method": "localStorage.setItem('_uid', value); localStorage.removeItem('_uid')",
    "prototype": "Storage.prototype.setItem.call(localStorage, '_uid', value); localStorage.clear()",
    "frame": "frames[0].localStorage._uid = value; delete frames[0].localStorage._uid",
    "parent": "frames[0].eval(`parent.localStorage._uid = ${JSON.stringify(value)}; delete parent.localStorage._uid`)",
    "borrowed": "frames[0].Storage.prototype.setItem.call(localStorage, '_uid', value); localStorage.clear()",
}


@pytest.mark.parametrize("means", STORE)
def test_an_item_that_is_written_and_removed_at_once_is_seen_by_whatever_means(visit: Visit, means: str) -> None:
    script = f"onload = () => {{ const value = 'u' + Math.random(); {STORE[means]} }}"
    visitor, site = visit({(SHOP, "/"): page(script, INNER), (SHOP, "/inner"): page()})
    (finding,) = stored.only(visitor.timeline, visitor.profile, (), ()).findings
    assert (finding.kind, finding.name, finding.host) == (Kind.LOCAL_STORAGE, "_uid", SHOP)
    assert finding.written_by == f"{site.url()}:1"


def test_a_trial_of_a_store_is_no_finding(visit: Visit) -> None:
    script = """localStorage.setItem('test', 'test'); localStorage.removeItem('test');
    sessionStorage.__probe = 1; delete sessionStorage.__probe;
    const day = new Date; localStorage.setItem(day, day); localStorage.removeItem(day);
    document.cookie = 'testcookie=1; path=/'; document.cookie = 'testcookie=1; path=/; max-age=0'"""
    visitor, _ = visit({(SHOP, "/"): page(script)})
    assert len([one for one in visitor.timeline.writes if one.fleeting]) == 4
    assert stored.only(visitor.timeline, visitor.profile, (), ()).findings == ()
    assert stored.declared_once(visitor.timeline, visitor.profile, ()).findings == ()


def test_writing_the_same_value_anew_is_writing(visit: Visit) -> None:
    script = """if (!localStorage.ui) localStorage.ui = 'x';
    document.querySelector('p').onclick = () => { localStorage.ui = 'x' }"""
    visitor, _ = visit({(SHOP, "/"): page(script)})
    before = len(writes(visitor, Kind.LOCAL_STORAGE))
    with visitor.doing("clicks"):
        visitor.browser.driver.execute_script("document.querySelector('p').click()")
    assert len(writes(visitor, Kind.LOCAL_STORAGE)) == before + 1


LOOKS = """
const told = [];
const is = (what, value) => { if (!value) told.push(what); };
localStorage.clear();
localStorage.a = 1; localStorage.setItem('b', {toString: () => '2'});
is('typeof', typeof localStorage === 'object');
is('instance', localStorage instanceof Storage);
is('text', String(localStorage) === '[object Storage]');
is('keys', Object.keys(localStorage).sort().join() === 'a,b');
is('json', ['{"a":"1","b":"2"}', '{"b":"2","a":"1"}'].includes(JSON.stringify(localStorage)));
const seen = []; for (const key in localStorage) seen.push(key);
is('for in', seen.slice(0, 2).sort().join() === 'a,b' && seen.includes('setItem'));
is('in', 'a' in localStorage && !('c' in localStorage) && 'getItem' in localStorage);
is('own', localStorage.hasOwnProperty('a') && Object.hasOwn(localStorage, 'b'));
is('not own', !Object.hasOwn(localStorage, 'setItem'));
is('descriptor', JSON.stringify(Object.getOwnPropertyDescriptor(localStorage, 'a')) ===
  '{"value":"1","writable":true,"enumerable":true,"configurable":true}');
is('length', localStorage.length === 2 && [localStorage.key(0), localStorage.key(1)].sort().join() === 'a,b');
is('prototype', Object.getPrototypeOf(localStorage) === Storage.prototype && localStorage.constructor === Storage);
is('identity', localStorage === window.localStorage && localStorage !== sessionStorage);
is('absent', localStorage.c === undefined && localStorage.getItem('c') === null);
is('delete', delete localStorage.a && delete localStorage.c && localStorage.length === 1);
const getter = Object.getOwnPropertyDescriptor(window, 'localStorage').get;
is('getter', getter.call(window) === localStorage && /native code/.test(getter) && getter.name === 'get localStorage');
is('length getter', Object.getOwnPropertyDescriptor(Storage.prototype, 'length').get.call(localStorage) === 1);
const thrown = (act) => { try { act(); return ''; } catch (error) { return error.name; } };
is('brand', thrown(() => Storage.prototype.getItem.call({}, 'a')) === 'TypeError');
is('symbol', thrown(() => { localStorage.x = Symbol(); }) === 'TypeError');
is('clone', thrown(() => structuredClone(localStorage)) === 'DataCloneError');
is('full', thrown(() => { localStorage.big = 'x'.repeat(20000000); }) === 'QuotaExceededError');
is('event', new StorageEvent('storage', {storageArea: localStorage, key: 'k'}).storageArea === localStorage);
is('event key', new StorageEvent('storage', {storageArea: localStorage, key: 'k'}).key === 'k');
const old = new StorageEvent('storage');
old.initStorageEvent('storage', false, false, 'k', null, null, '', localStorage);
is('old event', old.storageArea === localStorage);
is('event class', StorageEvent.name === 'StorageEvent' && new StorageEvent('x') instanceof StorageEvent);
Storage.prototype.getJSON = function (key) { return JSON.parse(this.getItem(key)); };
is('extended', localStorage.getJSON('b') === 2);
const child = Object.create(localStorage); child.own = 1;
is('inherited', child.own === 1 && localStorage.own === undefined);
addEventListener('storage', (event) => {
  is('other window', event.storageArea === localStorage && event.newValue === 'from a frame');
  document.body.dataset.told = told.join() || 'nothing';
});
onload = () => frames[0].eval("localStorage.later = 'from a frame'");
"""


def test_a_page_sees_its_stores_as_they_are(visit: Visit) -> None:
    visitor, _ = visit({(SHOP, "/"): page(LOOKS, INNER), (SHOP, "/inner"): page()})
    assert visitor.browser.driver.execute_script("return document.body.dataset.told") == "nothing"


@pytest.mark.parametrize(
    "element", ['<embed src="{0}">', '<object data="{0}"></object>', '<iframe src="{0}"></iframe>']
)
@pytest.mark.parametrize("status", [200, 404])
def test_the_stores_of_a_partner_s_document_in_any_element_are_read(visit: Visit, element: str, status: int) -> None:
    register = "<script>navigator.serviceWorker.register('/worker.js')</script>"
    visitor, _ = visit(
        {
            (SHOP, "/"): page(head=element.format(f"http://{CDN}:{{port}}/film")),
            (CDN, "/film"): Answer(register, status=status),
            (CDN, "/worker.js"): Answer("", "text/javascript"),
        }
    )
    state = visitor.timeline.state
    assert state is not None
    assert state.unread == ()
    # Firefox runs no document of an error in `embed` and `object`. In these, Chromium's documents register none.
    is_frame = element.startswith("<iframe")
    runs = is_frame or (visitor.context.browser.engine is Engine.FIREFOX and status == 200)
    assert {one.kind for one in state.items} == ({Kind.SERVICE_WORKER} if runs else set())
    assert any(request.url.endswith("/worker.js") for request in visitor.timeline.requests) is runs
