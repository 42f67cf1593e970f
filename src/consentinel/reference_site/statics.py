"""Files that never change while the site runs, kept in memory with their caching headers."""

import base64
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css"}


class Files:
    """The files of one folder, served by name."""

    def __init__(self, folder: str, *, max_age: int, shared: bool = False) -> None:
        """``max_age`` in seconds; ``shared`` files may be read by pages of any origin."""
        self._folder = _FOLDER / folder
        self._headers = {"cache-control": f"public, max-age={max_age}"}
        if shared:
            self._headers["access-control-allow-origin"] = "*"
        self._files = {
            path.relative_to(self._folder).as_posix(): path.read_bytes()
            for path in sorted(self._folder.rglob("*"))
            if path.is_file()
        }

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def response(self, name: str) -> Response:
        """Return the file of that name, or a plain 404."""
        if name not in self._files:
            return Response("Not found", status_code=404, media_type="text/plain")
        return Response(self._files[name], media_type=media_type(name), headers=self._headers)

    async def endpoint(self, request: Request) -> Response:
        """Serve the path parameter ``name``."""
        return self.response(request.path_params["name"])

    def integrity(self, name: str) -> str:
        """Return the subresource integrity of a file (W3C SRI)."""
        digest = hashlib.sha384(self._files[name]).digest()
        return f"sha384-{base64.b64encode(digest).decode()}"

    def version(self, name: str) -> str:
        """Return a short token that changes with the file's content."""
        return hashlib.sha256(self._files[name]).hexdigest()[:8]


@cache
def media_type(name: str) -> str:
    """Return the media type for a file name."""
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
