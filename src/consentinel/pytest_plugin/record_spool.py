"""Keeps the records of finished scenarios in a file, one line each, until the report is written.

A record is 20 kB or more, and a nightly run has a thousand of them. A record that cannot be written to disk is kept in
memory, so none is lost.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import cast

from consentinel.report.schema import ScenarioData


class RecordSpool:
    """A sequence of records: `add` appends one, `read` returns all of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: FileIO | None = None
        self._places: list[tuple[int, int] | bytes] = []
        """The place of each record: offset and length in the file, or the compressed record itself."""
        self._end = 0

    def __len__(self) -> int:
        return len(self._places)

    def open(self) -> None:
        """Create or empty the file. Raises OSError."""
        self._file = FileIO(self.path, "w+")

    def add(self, scenario: ScenarioData) -> str:
        """Append the record. Return the reason why it was not written to the open file, or an empty string."""
        line = json.dumps(scenario).encode("ascii") + b"\n"
        problem = ""
        try:
            if self._file is not None:
                self._write(self._file, line)
                self._places.append((self._end, len(line)))
                self._end += len(line)
                return problem
        except OSError as error:
            problem = error.strerror or str(error)
        self._places.append(zlib.compress(line))
        return problem

    def read(self) -> Iterator[ScenarioData]:
        """Return every record in the order of `add`. Raises OSError if one cannot be read from disk."""
        for place in self._places:
            line = zlib.decompress(place) if isinstance(place, bytes) else self._line(*place)
            yield cast("ScenarioData", json.loads(line))

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, file: FileIO, line: bytes) -> None:
        """Append the whole line, or leave the file unchanged and raise OSError."""
        try:
            file.seek(self._end)
            rest = memoryview(line)
            while rest:
                rest = rest[file.write(rest) or 0 :]
        except OSError:
            with suppress(OSError):
                file.truncate(self._end)
            raise

    def _line(self, begin: int, length: int) -> bytes:
        assert self._file is not None
        self._file.seek(begin)
        line = b""
        while len(line) < length:
            more = self._file.read(length - len(line))
            if not more:
                raise OSError(f"{self.path} is shorter than it was written")
            line += more
        return line
