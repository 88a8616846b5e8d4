"""考生告知承诺: what is a candidate told, what do they undertake, and is it the text in force?"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

UNDERTAKING: Dated[tuple[str, ...]] = Dated(
    "考生报名时的告知承诺",
    Value(
        date(2018, 1, 1),
        (
            "本人已阅读本次评价的报名条件、收费、考试时间和考场纪律，自愿报名。",
            "所填信息和提交的照片、证明材料真实、准确、有效，同意评价机构和主管部门向社会保险、学籍学历、证书等登记核查。",
            "知道以虚假材料报名的，取消报名资格或成绩；已经取得证书的，撤销证书，并按规定记录。",
            "遵守考场纪律，服从考务安排，不作弊，不替考，不泄露试题。",
        ),
        our_default("考生告知承诺"),
    ),
    key="exams.undertaking",
)


def version_of(day: date) -> str:
    """This function will name the text in force on `day`, by its first day."""
    return UNDERTAKING.on(day).since.isoformat()


@rule("考生已按现行文本作出告知承诺")
def undertaken(version: str, day: date) -> Finding:
    """Whether the candidate ticked the text that is in force, and not an earlier one or none."""
    text = UNDERTAKING.on(day)
    if not version:
        return unmet("还没有作出告知承诺", text.clause)
    if version != text.since.isoformat():
        return unmet("告知承诺的内容已经更新，请重新阅读并确认", text.clause)
    return met("已作出告知承诺", text.clause)
