"""S/MIME and CAdES: what is inside a signed message (RFC 5652, RFC 8551).

The signature is not checked: who signed is not what this program decides by, and the original is
kept for whoever wants to know.
"""

from __future__ import annotations

from typing import Final

from ingest.containers import NotOpened

_SIGNED: Final = "signed_data"
_ENCRYPTED: Final = (
    "enveloped_data",
    "signed_and_enveloped_data",
    "encrypted_data",
    "authenticated_enveloped_data",
)
_ARMOUR: Final = b"-----BEGIN "


def content(data: bytes) -> bytes | None:
    """The signed bytes; None for a signature apart from what it signs.

    Raises:
        NotOpened: ``encrypted``, ``corrupt``, or a kind that is not opened.
    """
    from asn1crypto import cms, pem

    try:
        if data.lstrip()[: len(_ARMOUR)] == _ARMOUR:
            _, _, data = pem.unarmor(data.lstrip())
        info = cms.ContentInfo.load(data)
        kind = str(info["content_type"].native)
        signed = info["content"]["encap_content_info"]["content"] if kind == _SIGNED else None
        found = signed.native if signed else None
    except Exception as error:  # asn1crypto raises ValueError, TypeError, KeyError and more
        raise NotOpened("corrupt") from error
    if kind != _SIGNED:
        raise NotOpened("encrypted" if kind in _ENCRYPTED else "unsupported_container")
    if found is None or isinstance(found, bytes):
        return found
    raise NotOpened("corrupt")
