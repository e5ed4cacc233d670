"""What the stages gave, kept from run to run under content addresses: bounded, and safe to remove at any time.

An entry is written beside its name and renamed, so that it is whole or not there whoever is killed when. It holds Arrow
record batches by name and a JSON header; no code of anybody is run by reading it.
"""

from __future__ import annotations

import io
import json
import os
import struct
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow as pa

from lexicons.errors import UserError

_MAGIC = b"poimuri1"
_HEAD = struct.Struct("<8sII")
"""Magic word, length of the header, check sum of the header and all behind it."""

_CODEC = "zstd"

LEAST_BYTES = 1_000_000_000
"""Up to so many bytes entries that the last run did not use are kept: of other options, of lexicons tried before."""

TIMES_USED = 3
"""The same, as a multiple of what the last run used."""

STALE_SECONDS = 3600
"""After so long an entry that is still being written belongs to a process that was killed."""


class StoreError(UserError):
    """An entry that cannot be written; the message names the folder and the cure."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry: its header, and its batches by name as they are asked for with their schema."""

    header: dict[str, Any]
    _body: pa.Buffer

    def names(self) -> Iterator[str]:
        return iter(self.header["batches"])

    def n_bytes(self, name: str) -> int:
        """About how much memory a batch takes."""
        _, _, n_bytes = self.header["batches"][name]
        return int(n_bytes)

    def batch(self, name: str, schema: pa.Schema) -> pa.RecordBatch | None:
        """A batch; None where the entry has none of that name."""
        if name not in self.header["batches"]:
            return None
        start, length, n_bytes = self.header["batches"][name]
        message = pa.decompress(self._body.slice(start, length), n_bytes, codec=_CODEC)
        return pa.ipc.read_record_batch(message, schema)


class Store:
    """A folder of entries, each of a kind (its suffix) under a key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def made(self) -> Path:
        """The store's folder, made where it is not there: only then can writing be allowed below it."""
        with suppress(OSError):  # `save` says what is wrong
            self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def save(self, kind: str, key: str, batches: Mapping[str, pa.RecordBatch], **header: Any) -> None:
        """Keep an entry. Raises StoreError where it cannot be written."""
        places: dict[str, tuple[int, int, int]] = {}
        whole = io.BytesIO()
        for name, batch in batches.items():  # each by itself: a batch that waits to be written holds no other in memory
            message = batch.serialize()
            places[name] = (whole.tell(), whole.write(pa.compress(message, codec=_CODEC)), message.size)
        body = whole.getbuffer()
        head = json.dumps({**header, "batches": places}, ensure_ascii=False).encode()
        check = crc32(body, crc32(head))
        path = self._path(kind, key)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(_HEAD.pack(_MAGIC, len(head), check))
                file.write(head)
                file.write(body)
            fresh.replace(path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            raise StoreError(
                f"cannot write to {self.folder}: {error.strerror}; make room there and run again"
            ) from None

    def load(self, kind: str, key: str) -> Stored | None:
        """An entry, mapped into memory; None where there is none or it is spoiled."""
        try:
            with pa.memory_map(self._name(kind, key)) as file:
                whole = file.read_buffer()
        except (OSError, pa.ArrowInvalid):
            return None
        if whole.size < _HEAD.size:
            return None
        magic, length, check = _HEAD.unpack(whole.slice(0, _HEAD.size).to_pybytes())
        if magic != _MAGIC or crc32(whole.slice(_HEAD.size)) != check:
            return None
        header = json.loads(whole.slice(_HEAD.size, length).to_pybytes())
        return Stored(header, whole.slice(_HEAD.size + length))

    def has(self, kind: str, key: str) -> bool:
        """Whether there is an entry, whole or not."""
        return self._path(kind, key).exists()

    def shrink(self, used: Collection[tuple[str, str]]) -> None:
        """Remove what killed processes left, and of what is not in use the oldest beyond the bound."""
        kept = {self._name(*one) for one in used}
        in_use, others = 0, []
        for entry in self._entries():
            try:
                found = entry.stat()
                if entry.name.startswith("."):
                    if time.time() - found.st_mtime > STALE_SECONDS:
                        Path(entry).unlink()
                elif entry.path in kept:
                    in_use += found.st_size
                else:
                    others.append((found.st_mtime_ns, found.st_size, entry.path))
            except OSError:
                continue
        surplus = in_use + sum(size for _, size, _ in others) - max(LEAST_BYTES, TIMES_USED * in_use)
        for _, size, name in sorted(others):
            if surplus <= 0:
                return
            Path(name).unlink(missing_ok=True)
            surplus -= size

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        """All files of the store, without a path object for each of them."""
        with suppress(OSError), os.scandir(self.folder) as folders:
            for folder in folders:
                with suppress(OSError), os.scandir(folder) as entries:
                    yield from entries

    def _name(self, kind: str, key: str) -> str:
        return f"{self.folder}{os.sep}{key[:2]}{os.sep}{key[2:]}.{kind}"

    def _path(self, kind: str, key: str) -> Path:
        return Path(self._name(kind, key))
