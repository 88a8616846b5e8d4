"""比对参数: from which number on does a comparison ask a question?

The notice asks that data be compared (三(二)4) and leaves every threshold open: each is our default, and the office may change it.
"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.policy.documents import our_default

_SINCE = date(2019, 1, 1)


def _limit(key: str, meaning: str, value: int, unit: str, topic: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, our_default(topic)), key=f"monitoring.{key}", unit=unit, changeable=True)


TRAVEL_MINUTES = _limit("travel_minutes", "同一人相继参加两处考核点场次的最短间隔", 30, "分钟", "比对：同一人两处")
PHONE_HOLDERS = _limit("phone_holders", "同一手机号码由不同的人使用，达到几人即提示", 3, "人", "比对：手机号码")
ADDRESS_HOLDERS = _limit("address_holders", "同一联系地址由不同的人使用，达到几人即提示", 30, "人", "比对：联系地址")
PHOTO_HOLDERS = _limit("photo_holders", "同一照片由不同的人使用，达到几人即提示", 2, "人", "比对：照片")
DEVICE_BODIES = _limit("device_bodies", "同一签到设备出现在几家评价机构即提示", 2, "家", "比对：签到设备")
DEVICE_HOLDERS = _limit("device_holders", "同一答题设备同一场由几人使用即提示", 2, "人", "比对：答题设备")
STATION_ROUNDS = _limit("station_rounds", "一个考位同一场技能考核最多轮换的人次", 4, "人次", "比对：考核速度")
VENUE_DAY_ROUNDS = _limit("venue_day_rounds", "一个考核点每个座位一天最多接待的人次", 6, "人次", "比对：考核速度")
SCORES_A_MINUTE = _limit("scores_a_minute", "一人一分钟内登记成绩的最多人数", 30, "人", "比对：登分速度")
EARLIEST_HOUR = _limit("earliest_hour", "场次开始的最早钟点", 6, "时", "比对：夜间场次")
LATEST_HOUR = _limit("latest_hour", "场次开始的最晚钟点", 21, "时", "比对：夜间场次")
SIGN_IN_SLACK = _limit("sign_in_slack", "签到可早于开考的最多分钟数", 180, "分钟", "比对：签到时间")
BATCH_SIZE = _limit("batch_size", "按批看成绩规律时，一批至少的人数", 20, "人", "比对：成绩规律")
SAME_SCORES_PERCENT = _limit("same_scores_percent", "同批各科成绩完全相同的人占几成即提示", 50, "%", "比对：成绩规律")
EQUAL_SPREAD = _limit("equal_spread", "同批理论成绩标准差低于几分即提示", 1, "分", "比对：成绩规律")
JUST_PASSED_PERCENT = _limit("just_passed_percent", "同批理论成绩恰为合格分的人占几成即提示", 40, "%", "比对：成绩规律")
DIGIT_SAMPLE = _limit("digit_sample", "看成绩末位数字分布时，至少的成绩个数", 200, "个", "比对：成绩末位")
DIGIT_CHI_SQUARE = _limit("digit_chi_square", "成绩末位数字分布的卡方值超过几即提示（自由度9）", 40, "", "比对：成绩末位")
WEEKEND_PERCENT = _limit("weekend_percent", "一月之内在周末发证的占几成即提示", 80, "%", "比对：周末发证")
LADDER_MONTHS = _limit("ladder_months", "同一职业相邻两级证书之间的最短月数", 12, "个月", "比对：晋级间隔")
CLOSED_MINUTES = _limit("closed_minutes", "考评人员相继参加两处场次的最短间隔", 30, "分钟", "比对：考评人员两处")
ASSESSOR_DAY = _limit("assessor_day", "考评人员一天最多参加的场次", 6, "场", "比对：考评人员一天场次")
