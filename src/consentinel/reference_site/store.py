"""Accounts, sessions, baskets and orders of the shop: an SQLite database in memory, gone at the end."""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from typing import NamedTuple


class Demo(NamedTuple):
    """The account that exists from the start, at the shop and at the social network."""

    email: str
    password: str
    name: str


DEMO = Demo("ada@example.com", "correct horse", "Ada")

_SCHEMA = """
create table account (email text primary key, name text not null, salt blob not null, hash blob not null);
create table session (token text primary key, email text not null references account);
create table basket (token text, product text, quantity integer not null, primary key (token, product));
create table purchase (number integer primary key autoincrement, email text not null, total integer not null);
create table code (code text primary key, email text not null);
"""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer who can sign in."""

    email: str
    name: str


class Store:
    """The shop's database; every method is one short transaction."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.executescript(_SCHEMA)
        salt = secrets.token_bytes(16)
        self._db.execute(
            "insert into account values (?, ?, ?, ?)",
            (DEMO.email, DEMO.name, salt, _hash(DEMO.password, salt)),
        )

    def sign_in(self, email: str, password: str) -> str | None:
        """Open a session and return its token, or ``None`` when e-mail address or password is wrong."""
        row = self._db.execute(
            "select email, salt, hash from account where email = ?", (email.strip().lower(),)
        ).fetchone()
        if row is None or not secrets.compare_digest(_hash(password, row[1]), row[2]):
            return None
        return self.open_session(row[0])

    def open_session(self, email: str) -> str:
        """Open a session for an account that has proved itself."""
        token = secrets.token_urlsafe(18)
        self._db.execute("insert into session values (?, ?)", (token, email))
        return token

    def close_session(self, token: str) -> None:
        """End a session; an unknown token is no error."""
        self._db.execute("delete from session where token = ?", (token,))

    def account(self, token: str | None) -> Account | None:
        """Whose session it is."""
        row = self._db.execute(
            "select email, name from session join account using (email) where token = ?", (token,)
        ).fetchone()
        return Account(*row) if row else None

    def add_to_basket(self, token: str, product: str) -> None:
        """Put one more of a product into a basket."""
        self._db.execute(
            "insert into basket values (?, ?, 1) on conflict do update set quantity = quantity + 1",
            (token, product),
        )

    def basket(self, token: str | None) -> dict[str, int]:
        """Quantity of each product in a basket."""
        return dict(
            self._db.execute("select product, quantity from basket where token = ? order by rowid", (token,)).fetchall()
        )

    def place_order(self, email: str, basket: str, total: int) -> int:
        """Turn a basket into an order over ``total`` euros, and return the order's number."""
        number = self._db.execute(
            "insert into purchase (email, total) values (?, ?) returning number", (email, total)
        ).fetchone()[0]
        self._db.execute("delete from basket where token = ?", (basket,))
        return int(number)

    def issue_code(self, email: str) -> str:
        """Return a code, good for one use, with which the social network vouches for an account."""
        code = secrets.token_urlsafe(12)
        self._db.execute("insert into code values (?, ?)", (code, email))
        return code

    def redeem_code(self, code: str) -> str | None:
        """Return the e-mail address behind a code, once."""
        row = self._db.execute("delete from code where code = ? returning email", (code,)).fetchone()
        return str(row[0]) if row else None


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**11, r=8, p=1)
