"""The present link as a QR code: a class takes its phones to the page that stands on the wall."""

from __future__ import annotations

from io import BytesIO

import segno

LONGEST_LINK = 1000
"""Bytes: above that a phone at the back of a room does not read the code any more, and making it takes long."""

QUIET_ZONE = 4
"""Light modules around the code, as its standard asks (ISO/IEC 18004)."""


def link_code(link: str) -> bytes | None:
    """An SVG of the link as a QR code, dark on light in every theme, as scanners ask; None where it is too long.

    The picture holds modules and nothing of the text itself. The least correction, raised where that costs no module:
    a wall does not wear off, and large modules are read from afar.
    """
    if not 0 < len(link.encode()) <= LONGEST_LINK:
        return None
    code = segno.make(link, error="l", micro=False)
    picture = BytesIO()
    code.save(picture, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True)
    return picture.getvalue()
