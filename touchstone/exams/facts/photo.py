"""照片事实: what can be measured of a picture, and what is kept of it?"""

import io

from PIL import Image, ImageFilter, ImageOps, ImageStat, UnidentifiedImageError

from touchstone.files.operations import FileRefused
from touchstone.policy.exams.photo import Photo

LABEL = "报名照片"
KEPT_HEIGHT = 1000
"""In pixels: enough for a certificate, small enough for a list."""
_EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_LOOKED_AT = (300, 420)


def upright(name: str, content: bytes) -> bytes:
    """This function will give a JPEG as it is held upright (a telephone notes the turn beside the pixels), no larger than needed.

    :raises FileRefused: for what is no JPEG that can be opened.
    """
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.format != "JPEG" or picture.width * picture.height > 60_000_000:
                raise FileRefused(f"“{name}”不是JPG照片，或者过大。", next_step="请用手机拍照，或另存为JPG再上传。")
            turned = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise FileRefused(f"“{name}”不是可以打开的照片。", next_step="请重新拍照，或另存为JPG再上传。") from error
    if turned.height > KEPT_HEIGHT:
        turned = turned.resize((max(1, turned.width * KEPT_HEIGHT // turned.height), KEPT_HEIGHT))
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=90)
    return out.getvalue()


def measured(content: bytes) -> Photo:
    """This function will measure a picture made by `upright`."""
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        grey = picture.convert("L").resize(_LOOKED_AT)
    across, down = _LOOKED_AT
    corners = [grey.crop((left, 0, left + across // 8, down // 6)) for left in (0, across - across // 8)]
    edges = grey.filter(_EDGES).crop((1, 1, across - 1, down - 1))
    return Photo(width, height, int(min(ImageStat.Stat(one).mean[0] for one in corners)), int(ImageStat.Stat(edges).var[0]))
