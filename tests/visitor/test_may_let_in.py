"""Which answers that are an error may be a page that looks at the browser first, and then lets its visitor in."""

from __future__ import annotations

import pytest
import requests

from consentinel.visitor.page_answer import may_let_in


@pytest.mark.parametrize(
    ("status", "kind", "body", "may"),
    [
        (503, "text/html", "<p>One moment.</p><SCRIPT>location.reload()</SCRIPT>", True),
        (503, "text/html", "<p>We are closed until Monday.</p>", False),
        (503, "application/json", '{"page": "<script>"}', False),
        (500, "text/html", "<script>location.reload()</script>", False),
        (502, "text/html", "<script>location.reload()</script>", False),
    ],
)
def test_a_script_in_a_page_that_answers_503_may(status: int, kind: str, body: str, may: bool) -> None:
    answer = requests.Response()
    answer.status_code = status
    answer.headers["Content-Type"] = kind
    answer._content = body.encode()
    assert may_let_in(answer) is may
