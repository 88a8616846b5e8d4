"""案例·本人报名: facts for the photo and the undertaking of a candidate."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, table
from tests.policy.people import TODAY
from touchstone.policy.exams import photo, undertaking
from touchstone.policy.exams.photo import Photo

GOOD = Photo(width=413, height=579, background=235, sharpness=60)

CASES = [
    *table(
        photo.photo_has_the_size,
        ("一寸照片", (replace(GOOD, width=295, height=413), TODAY), MET),
        ("窄了一像素", (replace(GOOD, width=294, height=413), TODAY), UNMET, "太小"),
        ("横着拍的", (replace(GOOD, width=800, height=600), TODAY), UNMET, "不成比例"),
        ("手机整幅竖拍", (replace(GOOD, width=600, height=1300), TODAY), UNMET, "不成比例"),
    ),
    *table(
        photo.photo_background_is_light,
        ("白墙前", (GOOD, TODAY), MET),
        ("亮度刚够", (replace(GOOD, background=160), TODAY), MET),
        ("深色背景", (replace(GOOD, background=159), TODAY), UNMET, "太暗"),
    ),
    *table(
        photo.photo_is_sharp,
        ("对焦清楚", (GOOD, TODAY), MET),
        ("清晰度刚够", (replace(GOOD, sharpness=12), TODAY), MET),
        ("模糊", (replace(GOOD, sharpness=11), TODAY), UNMET, "模糊"),
    ),
    *table(
        undertaking.undertaken,
        ("现行文本已勾选", (undertaking.version_of(TODAY), TODAY), MET),
        ("没有勾选", ("", TODAY), UNMET, "还没有"),
        ("勾选的是旧文本", (date(2017, 1, 1).isoformat(), TODAY), UNMET, "已经更新"),
    ),
]
