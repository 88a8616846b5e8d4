"""报名照片: is this picture good enough to know the candidate by, on the ticket, at the door and on the certificate?

No document of the city says so: all numbers are our defaults, modelled on what registration systems ask for (一寸证件照).
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

_SINCE, _CLAUSE = date(2018, 1, 1), our_default("报名照片")


def _number(key: str, meaning: str, value: int, unit: str = "") -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, _CLAUSE), key=f"exams.photo_{key}", unit=unit, changeable=True)


LEAST_WIDTH = _number("least_width", "报名照片的最小宽度", 295, "像素")
LEAST_HEIGHT = _number("least_height", "报名照片的最小高度", 413, "像素")
NARROWEST = _number("narrowest", "报名照片宽与高之比的下限（百分数）", 66)
WIDEST = _number("widest", "报名照片宽与高之比的上限（百分数）", 80)
LEAST_BACKGROUND = _number("least_background", "报名照片背景的最低亮度（0为全黑，255为全白）", 160)
LEAST_SHARPNESS = _number("least_sharpness", "报名照片的最低清晰度（边缘强弱的方差）", 12)


@dataclass(frozen=True)
class Photo:
    """What was measured of a picture: size in pixels, brightness of the two upper corners (the darker one), strength of its edges."""

    width: int
    height: int
    background: int
    sharpness: int


@rule("报名照片的尺寸和比例合适")
def photo_has_the_size(photo: Photo, day: date) -> Finding:
    """Whether a photo is large enough and upright as a portrait is."""
    width, height = LEAST_WIDTH.on(day), LEAST_HEIGHT.on(day)
    if photo.width < width.value or photo.height < height.value:
        return unmet(f"照片{photo.width}×{photo.height}像素太小，至少要{width.value}×{height.value}像素", width.clause)
    share = photo.width * 100 // photo.height
    if not NARROWEST.on(day).value <= share <= WIDEST.on(day).value:
        return unmet("照片的宽和高不成比例，请按5:7左右竖着拍头肩像", width.clause)
    return met(f"照片{photo.width}×{photo.height}像素", width.clause)


@rule("报名照片的背景为浅色")
def photo_background_is_light(photo: Photo, day: date) -> Finding:
    """Whether the background, seen in the upper corners, is light."""
    least = LEAST_BACKGROUND.on(day)
    if photo.background < least.value:
        return unmet("照片背景太暗，请站在白墙或浅色墙前、光线充足处重拍", least.clause)
    return met("照片背景为浅色", least.clause)


@rule("报名照片清晰")
def photo_is_sharp(photo: Photo, day: date) -> Finding:
    """Whether a photo shows edges, as a face in focus does and a blurred or empty picture does not."""
    least = LEAST_SHARPNESS.on(day)
    if photo.sharpness < least.value:
        return unmet("照片模糊，看不清面部，请擦净镜头、拿稳手机重拍", least.clause)
    return met("照片清晰", least.clause)


def photo_findings(photo: Photo, day: date) -> tuple[Finding, ...]:
    """This function will judge a photo by every rule."""
    return photo_has_the_size(photo, day), photo_background_is_light(photo, day), photo_is_sharp(photo, day)
