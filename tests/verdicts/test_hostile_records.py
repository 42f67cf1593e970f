"""Whatever pages and servers put into a record, each rule answers, and speaks in visible characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from consentinel.evidence.records import (
    STORED_KINDS,
    Choice,
    Kind,
    Record,
    Request,
    SetCookie,
    Settled,
    Source,
    State,
    StoredItem,
    Value,
    Write,
)
from consentinel.evidence.signal_records import MAKERS, ConsentCommand, ConsentString
from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import Category
from consentinel.verdicts import (
    allowed_works,
    anonymity,
    assumption,
    leftovers,
    lifetime,
    marks,
    named_services,
    navigation,
    personal_data,
    policy_limits,
    privacy_control,
    recognisable,
    register,
    rejected,
    sent,
    signal_table,
    signals,
    statistics,
    stored,
    transparency,
)
from tests.policy.builders import policy_of
from tests.verdicts.builders import PROFILE, timeline, visit

PIECES = (
    *(
        "",
        "a",
        "\ud800",
        "\x00",
        "\x1b[2J",
        "\u202e",
        "%",
        "%zz",
        "%ff",
        "[",
        "]",
        "{",
        "}",
        '"',
        "\\",
        "\r\n",
        "\u00e9",
        ";",
    ),
    *(
        "://",
        "http://[",
        "https://www.shop.example/",
        "https://a.metrics.example/",
        "?",
        "&",
        "=",
        "null",
        "[[[[",
        "1e999",
    ),
    *(
        "gcs=G1--",
        "gcd=13l3l3l3l1l1",
        "gdpr_consent=",
        "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA",
        "us_privacy=1YNN",
    ),
    *("gpp=DBABLA~BVQVAAAAAgA.QA", "9f86d081884c7d65", "1795732859", "9999-99-99T99:99:99Z", "eyJhIjoxfQ==", "cid=1.2"),
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
)
PLACES = (
    *(
        "",
        "https://www.shop.example/",
        "https://a.metrics.example/c",
        "https://cdn.example/",
        "http://[",
        "https://[::1]/",
    ),
    *("https://xn--/", "https://..../", "https://*.x/", "blob:", "data:,"),
)
POLICY = policy_of(
    "We count.", register=[{"item": "_ga", "lifetime": "1 year", "category": "analytics", "confirmed": True}]
)
ANALYTICS = (Category.ANALYTICS,)


class Stranger:
    """Draws records, the same ones for the same number."""

    def __init__(self, number: int) -> None:
        self._random = Random(number)
        self._one = self._random.choice

    def timeline(self) -> Timeline:
        """A visit of up to a dozen records."""
        return timeline(visit(), *(self._record() for _ in range(self._random.randint(0, 12))))

    def text(self, most: int = 8) -> str:
        return "".join(self._one(PIECES) for _ in range(self._random.randint(0, most)))

    def address(self) -> str:
        return self._one(PLACES) + self.text(4)

    def _value(self) -> Value:
        return Value(self.text(12))

    def _pairs(self) -> tuple[tuple[str, Value], ...]:
        return tuple((self.text(2), self._value()) for _ in range(self._random.randint(0, 2)))

    def _record(self) -> Record:
        at = self._random.uniform(0.0, 100.0)
        make: Callable[[float], Record] = self._one(
            (
                self._request,
                self._request,
                self._write,
                self._state,
                self._choice,
                self._command,
                self._string,
                self._rest,
            )
        )
        return make(at)

    def _request(self, at: float) -> Request:
        term, day = self._one((None, -1.0, 1e12)), self._one((None, 5.0, -1e12))
        cookie = SetCookie(
            self.text(2), self._value(), self._one(("shop.example", self.text(2))), "/", term, expires=day
        )
        return Request(
            at,
            self.address(),
            self._one(("GET", "POST", "MESSAGE")),
            self._one(tuple(Source)),
            page=self.address(),
            cookies=self._pairs(),
            referer=self.address(),
            body=self._value(),
            status=self._one((None, 200, 302, 999, 0)),
            content_type=self.text(),
            set_cookies=(cookie,),
            initiator=self.address(),
            document=self._one((True, False)),
            asked=self.address(),
            answered=self._one((None, at + 1)),
            fields=self._pairs(),
            headers=self._pairs(),
            wishes=self._one(((), (("sec-gpc", "1"),), (("sec-purpose", "prefetch"),))),
        )

    def _write(self, at: float) -> Write:
        operation = self._one(("set", "delete", "clear", "refused", "leaving", "worker", "beacon", "channel"))
        host, term = self._one(("shop.example", self.text(2))), self._one((None, 1.0, -1.0))
        script, frame = self.address(), self.address()
        return Write(at, self._one(tuple(Kind)), self.text(3), host, operation, self._value(), script, frame, term)

    def _state(self, at: float) -> State:
        items = tuple(
            StoredItem(
                self._one(STORED_KINDS),
                self._one(("shop.example", self.text(2))),
                self._one(("choice", "_ga", "session", self.text(3))),
                self._value(),
                expires=self._one((None, 1.0, 1e15)),
                partition=self._one((None, "x")),
            )
            for _ in range(3)
        )
        return State(at, items, frozenset(STORED_KINDS[:4]), ((Kind.COOKIE, self.text(2)),))

    def _choice(self, at: float) -> Choice:
        return Choice(at, self._one((None, frozenset(), frozenset({"analytics"}), frozenset({"zzz"}))))

    def _command(self, at: float) -> ConsentCommand:
        states = (("ad_storage", self._one(("granted", "denied", self.text(1)))), ("analytics_storage", "granted"))
        regions, maker = self._one(((), ("DE",))), self._one(MAKERS)
        return ConsentCommand(at, self.text(2), states, regions, None, True, self.address(), self.address(), maker)

    def _string(self, at: float) -> ConsentString:
        applies = self._one((None, True, False))
        return ConsentString(at, self._one(("tcf", "gpp")), self._value(), self.text(1), applies, self.address())

    def _rest(self, at: float) -> Settled:
        return Settled(at, 5.0, self.address(), self._one((True, False)), self.text(2))


def every_rule(mine: Timeline, theirs: Timeline, since: float) -> Iterator[object]:
    yield stored.only(mine, PROFILE, ANALYTICS, (), since)
    yield stored.none_of(mine, PROFILE, ANALYTICS, (), since)
    yield stored.written_since(mine, PROFILE, ANALYTICS, (), since)
    yield stored.nothing_at_all(mine, PROFILE)
    yield stored.no_third_party_cookie(mine, PROFILE)
    yield stored.declared_once(mine, PROFILE, ())
    yield sent.only_allowed(mine, PROFILE, ANALYTICS, (), since)
    yield sent.nothing_to(mine, PROFILE, ANALYTICS, (), since)
    yield sent.all_declared(mine, PROFILE, ())
    yield personal_data.stores_no_personal_data(mine, PROFILE, ())
    yield personal_data.sends_no_personal_data(mine, PROFILE, ())
    yield anonymity.functionality_stays_home(mine, PROFILE, (), lambda: theirs)
    yield anonymity.came_back(mine, PROFILE, (), since, lambda: theirs)
    yield anonymity.left_unread(mine, PROFILE, ANALYTICS, (), since)
    yield anonymity.share_nothing(mine, theirs, PROFILE, lambda: theirs)
    yield recognisable.partners_cannot_recognise(mine, theirs, PROFILE, (), lambda: theirs)
    yield recognisable.addresses_are_anonymous(mine, theirs, PROFILE, ())
    yield signals.signals_the_choice(mine, PROFILE, (), since)
    yield signals.signals_before_counting(mine, PROFILE, (), since)
    yield signals.recognises_nobody(mine, PROFILE, ())
    yield signal_table.signal_rows(mine, PROFILE)
    yield transparency.nothing_consented(mine, PROFILE, ())
    yield transparency.says_what_was_allowed(mine, PROFILE, (), since)
    yield transparency.agrees_with_page(mine, PROFILE, (), since)
    yield lifetime.bounded(mine, PROFILE, ())
    yield lifetime.not_prolonged(mine, PROFILE, since, 1000.0)
    yield leftovers.nothing_of_the_session(mine, PROFILE, ())
    yield marks.kept_out(mine, PROFILE, ())
    yield marks.told_nobody(mine, PROFILE, (), ())
    yield privacy_control.nothing_sold(mine, PROFILE, ())
    yield privacy_control.nothing_told(mine, PROFILE, ())
    yield register.lists_everything(mine, PROFILE, POLICY, ())
    yield policy_limits.kept_as_said(mine, PROFILE, POLICY, ())
    yield statistics.keep_to_conditions(mine, PROFILE, (), since, 1000.0)
    yield rejected.nothing_stands_in(mine, theirs, PROFILE, ["https://x.example"], ())
    yield navigation.plain_answer(mine)
    yield navigation.form_answer(mine)
    yield allowed_works.all_at_work(mine, PROFILE, ANALYTICS)
    yield assumption.assumed(mine, PROFILE, theirs.state.items if theirs.state else ())
    yield named_services.only_named(mine, PROFILE, POLICY, ())


@pytest.mark.parametrize("number", range(4))
def test_every_rule_answers_whatever_a_stranger_has_put_into_the_record(number: int) -> None:
    stranger = Stranger(number)
    for _ in range(60):
        assert len(list(every_rule(stranger.timeline(), stranger.timeline(), 50.0))) > 30
