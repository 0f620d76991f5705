"""winmail.dat and Outlook messages, written byte by byte: no library here writes either."""

from __future__ import annotations

import struct

Tree = dict[str, "bytes | Tree"]

_IMESSAGE = bytes.fromhex("0703020000000000c000000000000046")
_FREE, _END, _FATSECT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI = 512, 64


def winmail(*attachments: tuple[str, bytes] | bytes) -> bytes:
    """A TNEF stream (MS-OXTNEF) with files (name, data) and embedded messages (TNEF streams)."""
    parts = [
        struct.pack("<IH", 0x223E9F78, 1),
        _object(1, 0x9006, 8, struct.pack("<I", 0x10000)),
        _object(1, 0x9007, 6, struct.pack("<II", 1252, 0)),
    ]
    for attachment in attachments:
        parts.append(_object(2, 0x9002, 6, bytes(14)))
        if isinstance(attachment, bytes):
            parts.append(_object(2, 0x9005, 6, _embedded(attachment)))
        else:
            name, data = attachment
            parts.append(_object(2, 0x8010, 1, b"SHORT~1.PDF\x00"))
            parts.append(_object(2, 0x800F, 6, data))
            parts.append(_object(2, 0x9005, 6, _long_name(name)))
    return b"".join(parts)


def _object(level: int, name: int, kind: int, data: bytes) -> bytes:
    return (
        struct.pack("<BHHI", level, name, kind, len(data))
        + data
        + struct.pack("<H", sum(data) & 0xFFFF)
    )


def _property(kind: int, name: int, data: bytes) -> bytes:
    padded = data + bytes(-len(data) % 4)
    return struct.pack("<IHHII", 1, kind, name, 1, len(data)) + padded


def _long_name(name: str) -> bytes:
    return _property(0x1F, 0x3707, (name + "\x00").encode("utf-16-le"))


def _embedded(tnef: bytes) -> bytes:
    return _property(0x0D, 0x3701, _IMESSAGE + tnef)


def outlook(*attachments: tuple[str, bytes] | Tree) -> bytes:
    """An Outlook message (MS-OXMSG) with files (name, data) and embedded messages."""
    return compound(outlook_tree(*attachments))


def outlook_tree(*attachments: tuple[str, bytes] | Tree) -> Tree:
    """The storages and streams of an Outlook message."""
    tree: Tree = {
        "__properties_version1.0": bytes(32),
        "__nameid_version1.0": {"__substg1.0_00020102": bytes(16)},
        "__substg1.0_1000001F": "Please find attached.".encode("utf-16-le"),
    }
    for number, attachment in enumerate(attachments):
        inside: Tree = {"__properties_version1.0": bytes(8)}
        if isinstance(attachment, dict):
            inside["__substg1.0_3701000D"] = attachment
        else:
            inside["__substg1.0_3707001F"] = attachment[0].encode("utf-16-le")
            inside["__substg1.0_37010102"] = attachment[1]
        tree[f"__attach_version1.0_#{number:08X}"] = inside
    return tree


def compound(tree: Tree) -> bytes:
    """A compound file (MS-CFB version 3), small streams in the mini stream."""
    return _Writer(tree).written()


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = bytearray()
        self.minifat: list[int] = []
        self.entries: list[bytearray] = [_entry("Root Entry", 5)]
        self._children(0, tree)

    def written(self) -> bytes:
        struct.pack_into("<I", self.entries[0], 116, self._regular(bytes(self.mini)))
        struct.pack_into("<I", self.entries[0], 120, len(self.mini))
        minifat = b"".join(struct.pack("<I", n) for n in self.minifat)
        minifat += struct.pack("<I", _FREE) * (-len(self.minifat) % 128)
        first_minifat = self._regular(minifat)
        while len(self.entries) % 4:
            self.entries.append(_entry("", 0))
        first_directory = self._regular(b"".join(self.entries))
        count = 1
        while 128 * count < len(self.fat) + count:
            count += 1
        places = list(range(len(self.fat), len(self.fat) + count))
        fat = self.fat + [_FATSECT] * count
        fat += [_FREE] * (128 * count - len(fat))
        header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
        header += struct.pack(
            "<HHHHH6xIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            count,
            first_directory,
            0,
            4096,
            first_minifat,
            len(minifat) // _SECTOR,
            _END,
            0,
        )
        header += b"".join(struct.pack("<I", n) for n in places + [_FREE] * (109 - count))
        return header + b"".join(self.sectors) + b"".join(struct.pack("<I", n) for n in fat)

    def _children(self, parent: int, tree: Tree) -> None:
        """Entries of a storage, in the order of MS-CFB 2.6.4, as a list that hangs to the right."""
        before = None
        for name in sorted(tree, key=lambda n: (len(n), n.upper())):
            content = tree[name]
            number = len(self.entries)
            self.entries.append(_entry(name, 1 if isinstance(content, dict) else 2))
            struct.pack_into(
                "<I",
                self.entries[parent if before is None else before],
                76 if before is None else 72,
                number,
            )
            before = number
            if isinstance(content, dict):
                self._children(number, content)
            else:
                start = self._small(content) if len(content) < 4096 else self._regular(content)
                struct.pack_into("<II", self.entries[number], 116, start, len(content))

    def _regular(self, data: bytes) -> int:
        return self._chain(data, _SECTOR, self.fat, self.sectors.append)

    def _small(self, data: bytes) -> int:
        return self._chain(data, _MINI, self.minifat, self.mini.extend)

    def _chain(self, data: bytes, size: int, table: list[int], write: object) -> int:
        if not data:
            return _END
        first = len(table)
        pieces = [data[at : at + size].ljust(size, b"\x00") for at in range(0, len(data), size)]
        for number, piece in enumerate(pieces, start=first + 1):
            write(piece)  # type: ignore[operator]
            table.append(number)
        table[-1] = _END
        return first


def _entry(name: str, kind: int) -> bytearray:
    coded = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(coded)] = coded
    struct.pack_into(
        "<HBBIII", entry, 64, len(coded) + 2 if name else 0, kind, 1, _FREE, _FREE, _FREE
    )
    return entry
