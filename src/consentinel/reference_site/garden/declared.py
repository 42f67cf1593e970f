"""Lists what the garden declares that it stores: the table of its policy."""

from dataclasses import dataclass

from consentinel.reference_site import hosts

DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an item as the policy writes it, its category, host (empty: the garden itself) and lifetime's key.

    `key` names the words for its purpose.
    """

    name: str
    category: str
    lifetime: str
    key: str
    kind: str = "cookie"
    host: str = ""


ROWS = (
    Row("fb_choice", "functionality", "months6", "choice"),
    Row("fb_session", "functionality", "session", "session"),
    Row("fb_lang", "functionality", "year", "lang"),
    Row("fb_view", "comfort", "year", "view"),
    Row("fernbank.comfort", "comfort", "lasting", "comfort", "local_storage"),
    Row("_tl_id.<garden>", "counts", "months13", "tally_id"),
    Row("_tl_ses.<garden>", "counts", "minutes30", "tally_session"),
    Row("vid_device", "films", "days90", "device", host=hosts.PLAYER),
    Row("vidora.volume", "films", "lasting", "volume", "local_storage", hosts.PLAYER),
    Row("_otr_*", "outreach", "days90", "reader"),
    Row("otr_id", "outreach", "days90", "reader_id", host=hosts.OUTREACH),
)
