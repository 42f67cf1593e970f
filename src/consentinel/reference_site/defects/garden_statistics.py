"""The garden counts visits without consent, and breaks a condition on which that is allowed."""

from functools import partial

from consentinel.reference_site import hosts
from consentinel.reference_site.defects.model import Defect, cookie, defect, request

_garden = partial(defect, domain=hosts.GARDEN)

_WITH_NUMBER = """
  const number = () => document.cookie.match(/(?:^|; )_tl_id\\.7=([0-9a-f]+)/)?.[1];
  const withNumber = (act) => {
    const tick = setInterval(() => { if (number()) { clearInterval(tick); act(number()); } }, 50);
  };
  const keep = (days) => withNumber((value) => { document.cookie =
    `_tl_id.7=${value}; Max-Age=${days * 86400}; Path=/; Domain=${location.hostname}; Secure; SameSite=Lax`; });
"""

STATISTICS: tuple[Defect, ...] = (
    _garden(
        "statistics-prolonged",
        "R-STATISTICS",
        "With every visit the counting service's number lives for 13 more months.",
        cookie("_tl_id.7", "{script}"),
        script=f"{_WITH_NUMBER}keep(395);",
    ),
    _garden(
        "statistics-for-three-years",
        "R-STATISTICS P28",
        "The counting service's number is kept for three years.",
        cookie("_tl_id.7", "{script}"),
        script=f"{_WITH_NUMBER}keep(1095);",
    ),
    _garden(
        "statistics-on-other-sites",
        "R-STATISTICS",
        "The counting service recognises visitors on other sites as well.",
        cookie("tl_everywhere", f"https://{hosts.TALLY}/everywhere", hosts.TALLY),
        script=f'new Image().src = at("{hosts.TALLY}", "/everywhere");',
    ),
    _garden(
        "statistics-for-promotion",
        "R-STATISTICS P10",
        "The counting service's number is handed on to the service that promotes events on other sites.",
        request(hosts.OUTREACH, "/seen"),
        script=f"""{_WITH_NUMBER}
  withNumber((value) => {{ new Image().src = at("{hosts.OUTREACH}", `/seen?n=${{value}}`); }});""",
    ),
)
