"""二维码: how is an address drawn so that any telephone reads it?"""

import io

import segno


def qr_svg(text: str) -> str:
    """This function will draw a QR code (error correction M, quiet zone of four modules) as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, svgns=True, border=4, light="#ffffff")
    return out.getvalue().decode()
