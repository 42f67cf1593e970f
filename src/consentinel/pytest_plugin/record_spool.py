"""The records of the scenarios that have ended: on disk, a line each, and out of memory until the report is written.

A record is 20 kB and more, and a night has a thousand. What the disk does not take stays in memory: none is lost.
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
    """Takes one record after the other, and gives all of them back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: FileIO | None = None
        self._places: list[tuple[int, int] | bytes] = []
        """Where each record is: beginning and length in the file, or the record itself, packed."""
        self._end = 0

    def __len__(self) -> int:
        return len(self._places)

    def open(self) -> None:
        """Begin the file anew. Raises OSError."""
        self._file = FileIO(self.path, "w+")

    def add(self, scenario: ScenarioData) -> str:
        """Keep the record; why it could not be written, empty where it was, and where there is no file to write."""
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
        """Every record, in the order in which they came. Raises OSError where the disk does not give one back."""
        for place in self._places:
            line = zlib.decompress(place) if isinstance(place, bytes) else self._line(*place)
            yield cast("ScenarioData", json.loads(line))

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, file: FileIO, line: bytes) -> None:
        """Write the whole line, or leave the file as it was. Raises OSError."""
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
