"""照片样例: pictures as a telephone takes them, good and bad."""

import io

from PIL import Image, ImageDraw, ImageFilter


def portrait(*, size: tuple[int, int] = (600, 840), wall: int = 240, blur: float = 0, form: str = "JPEG", turn: int = 1) -> bytes:
    """Give a head and shoulders before a wall of some brightness; `turn` is what the camera notes of how it was held."""
    picture = Image.new("RGB", size, (wall, wall, wall))
    pen, (across, down) = ImageDraw.Draw(picture), size
    pen.ellipse((across * 0.3, down * 0.2, across * 0.7, down * 0.6), fill=(205, 165, 140), outline=(40, 30, 30), width=6)
    pen.rectangle((across * 0.15, down * 0.68, across * 0.85, down), fill=(30, 50, 90))
    for left in (0.38, 0.54):
        pen.ellipse((across * left, down * 0.35, across * (left + 0.08), down * 0.39), fill=(20, 20, 20))
    for stripe in range(8):
        pen.line((across * 0.2, down * (0.7 + stripe * 0.035), across * 0.8, down * (0.7 + stripe * 0.035)), fill=(220, 220, 220), width=4)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    out, notes = io.BytesIO(), Image.Exif()
    notes[0x0112] = turn
    picture.save(out, form, exif=notes, quality=92) if form == "JPEG" else picture.save(out, form)
    return out.getvalue()
