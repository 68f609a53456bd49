"""An address as a QR code, made here: nothing asks another machine."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """Draw an address as a QR code.

    Args:
        address: any text that one code can hold (up to 2,953 bytes at the least error correction, ISO/IEC 18004).

    Returns:
        One SVG element, dark modules on white with the four quiet modules around, scaled by its `viewBox` alone.

    Raises:
        ValueError: the address is longer than one code can hold.
    """
    drawn = BytesIO()
    segno.make(address, error="l", boost_error=True, micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, light="#fff", dark="#000", title="QR code"
    )
    return drawn.getvalue().decode("utf-8")
