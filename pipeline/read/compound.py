"""Compound files (OLE2), in which Outlook and the Office before 2007 keep their streams; olefile opens them."""

from __future__ import annotations

import io
from typing import Any

from pipeline.rejects import Reject, broken

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Compound:
    """A compound file's streams by their path: `__attach_version1.0_#00000000/__substg1.0_37010102`."""

    def __init__(self, data: bytes, suffix: str) -> None:
        """Open it. Raises Reject (stage `read`)."""
        import olefile

        self._suffix = suffix
        if not data.startswith(MAGIC):
            raise Reject("read", "wrong_format", f"no {suffix} despite its name; save it again")
        try:
            self._file: Any = olefile.OleFileIO(io.BytesIO(data))
            self._paths = {"/".join(path): path for path in self._file.listdir(streams=True, storages=True)}
        except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError, MemoryError) as error:
            raise broken(error, self._suffix) from None

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def paths(self) -> list[str]:
        return list(self._paths)

    def stream(self, path: str) -> bytes:
        """A stream's bytes; empty where there is none. Raises Reject."""
        if path not in self._paths:
            return b""
        try:
            found: bytes = self._file.openstream(self._paths[path]).read()
        except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
            raise broken(error, self._suffix) from None
        return found
