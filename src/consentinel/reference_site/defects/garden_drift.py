"""Gardens whose policy and reality have drifted apart: no single visit breaks a promise, and no scenario can show it.

The published text is another one than the file that was confirmed, which `consentinel policy check` tells. Or the
table lists what the site no longer stores, which several runs tell together.
"""

from consentinel.reference_site import hosts
from consentinel.reference_site.defects.model import Defect, Expected, defect, in_pages
from consentinel.reference_site.deployments import Deployment, Patch

_POLICY = "/cookies"


def _own_name(name: str) -> Patch:
    """The table names the garden's main host, as the file that was confirmed has it, on every deployment."""
    return Patch(_POLICY, f"<td>{name}.{hosts.GARDEN}</td>", f"<td>{hosts.GARDEN}</td>")


def _drifted(name: str, promises: str, sentence: str, expected: Expected, *patches: Patch) -> Defect:
    return defect(name, promises, sentence, expected, patches=(_own_name(name), *patches), domain=hosts.GARDEN)


def _sentence(identity: str) -> Expected:
    return Expected("policy", identity, "{site}", "https://{site}/cookies")


TEXTS = (
    _drifted(
        "text-term-changed",
        "P12",
        "The policy now says that a choice is kept for two years.",
        _sentence("G15"),
        *in_pages("keeps your choice for 6 months.", "keeps your choice for 24 months.", _POLICY),
    ),
    _drifted(
        "text-promise-gone",
        "P18",
        "The policy no longer says that essential cookies are not used for marketing.",
        _sentence("G27"),
        *in_pages("We do not use essential cookies for marketing.", "", _POLICY),
    ),
    _drifted(
        "text-sentence-added",
        "",
        "The policy has a new sentence about partners.",
        _sentence("We may share what we learn with partners."),
        *in_pages("we leave it alone.", "we leave it alone. We may share what we learn with partners.", _POLICY),
    ),
    _drifted(
        "text-row-changed",
        "",
        "The table now says that what tells visits apart is kept for two hours.",
        _sentence("G52"),
        *in_pages("<td>30 minutes</td>", "<td>2 hours</td>", _POLICY),
    ),
)
"""What is expected is the sentence: its id in the policy file, or words of it where the file does not have it."""

GHOSTS = (
    defect(
        "letters-never-kept",
        "P05",
        "The table lists the size of the letters, which is no longer kept.",
        Expected("register", "fernbank.comfort", "{site}", ""),
        patches=(
            _own_name("letters-never-kept"),
            Patch("/static/comfort.js", 'localStorage.setItem("fernbank.comfort"', "void (0"),
        ),
        domain=hosts.GARDEN,
    ),
)
"""What is expected is the row of the register that no run sees."""

GARDEN_DRIFT: tuple[Defect, ...] = (*TEXTS, *GHOSTS)

TEXT_DECOYS = "text-as-before"
"""Name of the garden whose policy looks changed and says what it said."""

TEXT_DECOYS_DEPLOYMENT = Deployment(
    patches=(
        _own_name(TEXT_DECOYS),
        *in_pages("of 1 June 2026", "of 2 November 2026", _POLICY),
        *in_pages("Nothing is kept for longer", "Nothing is kept\u00a0for longer", _POLICY),
        *in_pages("Tally, Vidora and Outreach.", "Tally, Vidora, and Outreach!", _POLICY),
        *in_pages("use essential cookies for marketing", "use \u201cessential\u201d cookies for marketing", _POLICY),
        *in_pages("Every page leads to our imprint.", "", _POLICY),
        *in_pages("What is stored</h2>", "What is stored</h2><p>Every page leads to our imprint.</p>", _POLICY),
        *in_pages("</main>", '<input type="hidden" value="9f8a3c21d4e5b6a70f1e2d3c4b5a6978"></main>', _POLICY),
    )
)
"""Another date, other typography, a sentence in another place, a token that no reader sees: none is a change."""
