"""二维码: how is an address drawn so that any telephone reads it?"""

import io

import segno


def qr_svg(text: str, scale: int = 1) -> str:
    """This function will draw a QR code (error correction M, quiet zone of four modules) as SVG, each module `scale` units wide."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, svgns=True, scale=scale, border=4, light="#ffffff")
    return out.getvalue().decode()
