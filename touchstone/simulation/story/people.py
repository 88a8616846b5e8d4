"""故事中的考生: who registers, what does each declare, and what goes wrong on paper?"""

from dataclasses import dataclass, field
from datetime import date

from touchstone.simulation.identity import id_number, phone


@dataclass(frozen=True)
class Registrant:
    """One row of the workbook. `years` are declared, `proven_since` is what the evidence later shows (None: nothing handed in)."""

    serial: int
    name: str
    birthday: date
    male: bool
    condition: str
    years: str
    proven_since: date | None = None
    certificate: tuple[str, str] | None = None
    certificate_on: date | None = None
    marks: tuple[str, str] | None = None
    present: bool = True
    written: dict[str, str] = field(default_factory=dict)

    @property
    def id_number(self) -> str:
        return id_number(self.serial, birthday=self.birthday, male=self.male)

    def cells(self, occupation: str, level: str, conditions: tuple[str, ...], employer: str) -> dict[str, str]:
        """This method will give the row as typed, by header; `written` holds what the typist typed differently."""
        label = next(c for c in conditions if c.startswith(self.condition) or self.condition in c)
        typed = {
            "序号": str(self.serial),
            "职业工种名称": occupation,
            "认定等级": level,
            "申报条件": label,
            "证件类型": "居民身份证",
            "证件号码": self.id_number,
            "姓名": self.name,
            "性别": "男" if self.male else "女",
            "出生日期": self.birthday.isoformat(),
            "手机号码": phone(5000 + self.serial),
            "是否有职业资格证书": "是" if self.certificate else "否",
            "证书等级": self.certificate[0] if self.certificate else "",
            "证书编号": self.certificate[1] if self.certificate else "",
            "文化程度": "高中",
            "所在省（市）区": "上海市浦东新区",
            "考生来源": "国有企业",
            "所在单位": employer,
            "报名单位": employer,
            "认定分类": "晋级认定" if self.certificate else "初次认定",
            "专业": "机械加工",
            "考试类型": "正考",
            "民族": "汉族",
            "参加工作时间": "2012-07-01",
            "专业年限": self.years,
            "证书领取方式": "单位代领",
        }
        return typed | self.written


LONG_AGO = date(2015, 3, 1)
FIVE = ("五级/初级工", "2131000000500001")

REGISTRANTS: tuple[Registrant, ...] = (
    Registrant(1, "陈默言", date(1990, 3, 7), True, "4-1", "10", LONG_AGO, marks=("88", "91.5")),
    Registrant(2, "罗璟", date(1992, 11, 20), False, "4-1", "8", date(2017, 5, 1), marks=("76", "82")),
    Registrant(3, "阿依古丽·买买提", date(1994, 6, 1), False, "4-1", "7", date(2018, 9, 1), marks=("69", "74")),
    Registrant(4, "宋一舟", date(1989, 12, 31), True, "4-1", "12", date(2013, 7, 1), marks=("93", "58")),
    Registrant(5, "唐沐阳", date(1996, 2, 29), True, "4-1", "6", date(2019, 3, 1), marks=None, present=False),
    Registrant(6, "㛃文秀", date(1993, 8, 15), False, "4-1", "9", date(2016, 10, 1), marks=("60", "60")),
    Registrant(7, "邵云起", date(1995, 4, 4), True, "4-2", "4", date(2021, 6, 1), FIVE, date(2021, 5, 20), marks=("81", "79.5")),
    Registrant(8, "贺兰山", date(2001, 9, 9), True, "4-1", "2", None),
    Registrant(9, "江晚晴", date(1997, 1, 18), False, "4-1", "6", None),
    Registrant(10, "白露", date(1991, 10, 8), False, "4-1", "9", date(2016, 1, 1), marks=("85", "90")),
    Registrant(11, "夏至", date(1990, 6, 21), True, "4-1", "11", date(2014, 8, 1), marks=("90", "88")),
)
