"""Writes compound files (OLE2, Microsoft's MS-CFB), as Outlook keeps mails in, and Outlook's mails themselves."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@dataclass
class _Entry:
    """A storage or stream of the directory."""

    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    right: int = _FREE
    start: int = _END
    size: int = 0


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams, by their paths."""
    entries = _directory(streams)
    fat: list[int] = []
    sectors: list[bytes] = []

    def store(data: bytes) -> int:
        """Put bytes into sectors of their own; the first's number."""
        if not data:
            return _END
        first = len(sectors)
        count = -(-len(data) // _SECTOR)
        sectors.extend(data[n * _SECTOR : (n + 1) * _SECTOR].ljust(_SECTOR, b"\0") for n in range(count))
        fat.extend([*range(first + 1, first + count), _END])
        return first

    small, chain = bytearray(), list[int]()
    for entry in entries[1:]:
        entry.size = len(entry.data)
        if entry.kind == 2 and entry.size >= _CUTOFF:
            entry.start = store(entry.data)
        elif entry.data:
            entry.start, count = len(chain), -(-entry.size // _MINI)
            small += entry.data.ljust(count * _MINI, b"\0")
            chain += [*range(entry.start + 1, entry.start + count), _END]
    entries[0].start, entries[0].size = store(bytes(small)), len(small)
    small_chain = store(b"".join(struct.pack("<I", one) for one in chain))
    directory = store(b"".join(_packed(entry) for entry in entries))
    return _header(fat, directory, small_chain, -(-len(chain) * 4 // _SECTOR)) + b"".join(
        [*sectors, *_tables(fat, len(sectors))]
    )


def _directory(streams: Mapping[str, bytes]) -> list[_Entry]:
    entries = [_Entry("Root Entry", 5)]
    places = {"": 0}
    for path, data in sorted(streams.items()):
        above = ""
        for part in path.split("/")[:-1]:
            here = f"{above}/{part}"
            if here not in places:
                places[here] = len(entries)
                entries[places[above]].children.append(len(entries))
                entries.append(_Entry(part, 1))
            above = here
        entries[places[above]].children.append(len(entries))
        entries.append(_Entry(path.rpartition("/")[2], 2, data))
    for entry in entries:  # siblings as a chain to the right, which a tree may be
        for one, other in zip(entry.children, entry.children[1:], strict=False):
            entries[one].right = other
    return entries


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    child = entry.children[0] if entry.children else _FREE
    head = struct.pack("<64sHBBIII", name, len(name), entry.kind, 1, _FREE, entry.right, child)
    return head + bytes(36) + struct.pack("<IQ", entry.start, entry.size)


def _tables(fat: Sequence[int], first: int) -> list[bytes]:
    """The sectors of the table of sectors, which lists itself too."""
    count = 1
    while count * 128 < len(fat) + count:
        count += 1
    whole = [*fat, *[_TABLE] * count]
    whole += [_FREE] * (count * 128 - len(whole))
    assert first == len(fat) and count <= 109
    return [struct.pack("<128I", *whole[n * 128 : (n + 1) * 128]) for n in range(count)]


def _header(fat: Sequence[int], directory: int, small_chain: int, n_small: int) -> bytes:
    count = len(_tables(fat, len(fat)))
    places = [*range(len(fat), len(fat) + count), *[_FREE] * (109 - count)]
    head = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, count, directory, 0, _CUTOFF, small_chain, n_small, _END, 0, places[0])
    return head + struct.pack("<108I", *places[1:])


NONE: Mapping[int, Any] = MappingProxyType({})


def outlook(
    texts: Mapping[int, str] = NONE,
    binaries: Mapping[int, bytes] = NONE,
    numbers: Mapping[int, int] = NONE,
    attachments: Sequence[Mapping[str, bytes]] = (),
) -> bytes:
    """A mail as Outlook saves it: its properties by id, its attachments as the streams of each."""
    table = bytes(32) + b"".join(struct.pack("<HHIiI", 3, number, 6, value, 0) for number, value in numbers.items())
    streams = {"__properties_version1.0": table}
    streams |= {f"__substg1.0_{number:04X}001F": text.encode("utf-16-le") for number, text in texts.items()}
    streams |= {f"__substg1.0_{number:04X}0102": data for number, data in binaries.items()}
    for count, one in enumerate(attachments):
        streams |= {f"__attach_version1.0_#{count:08X}/{name}": data for name, data in one.items()}
    return compound(streams)


def attachment(name: str, data: bytes, **more: str) -> dict[str, bytes]:
    """An attachment's streams; `more` are texts by the id of their property in hexadecimal."""
    texts = {"3707": name, **{number.lstrip("p"): text for number, text in more.items()}}
    return {
        "__properties_version1.0": bytes(8),
        "__substg1.0_37010102": data,
        **{f"__substg1.0_{number}001F": text.encode("utf-16-le") for number, text in texts.items()},
    }
