"""The tags that services give to sites. What several tags do alike stands in a file of its own."""

from starlette.responses import Response

from consentinel.reference_site.statics import Files

_SHARED = Files("shared", max_age=0)
_PARTS = ("consent-mode.js", "framework.js")


class Tag:
    """A service's tag, with the shared parts that it names, each by a line `// {file name}`."""

    def __init__(self, folder: str, name: str) -> None:
        self._file = Files(folder, max_age=600, shared=True).response(name)
        text = bytes(self._file.body).decode()
        for part in _PARTS:
            text = text.replace(f"  // {{{part}}}\n", bytes(_SHARED.response(part).body).decode())
        self.text = text
        """The script that sites are given."""

    def response(self) -> Response:
        """Return the tag, the same for every site."""
        kept = {name: self._file.headers[name] for name in ("cache-control", "access-control-allow-origin")}
        return Response(self.text, media_type="text/javascript", headers=kept)
