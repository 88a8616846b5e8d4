"""案例·监管职责: facts for who may inspect, where nobody does, and where several do."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, table
from touchstone.policy.roles import BodyKind, OfficeKind
from touchstone.policy.supervision import who
from touchstone.policy.supervision.who import Matter, Watched

DAY = date(2026, 3, 20)
PUDONG, XUHUI, CENTRE, OUTSIDE = "310115", "310104", "", ""
D, C, G, B = OfficeKind.DISTRICT_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.INDUSTRY_AUTHORITY, OfficeKind.CITY_BUREAU

OWN = Watched(Matter.BODY, "甲厂", BodyKind.ENTERPRISE, PUDONG, PUDONG, (PUDONG,), ("machinery",))
CENTRAL = Watched(Matter.BODY, "央企乙", BodyKind.ENTERPRISE, CENTRE, PUDONG, (XUHUI,), ("energy",))
SOCIAL = Watched(Matter.BODY, "社评丙", BodyKind.SOCIAL, CENTRE, PUDONG, (PUDONG, XUHUI))
SCHOOL = Watched(Matter.BODY, "院校丁", BodyKind.SCHOOL, CENTRE, XUHUI, (XUHUI,))
NOBODY = Watched(Matter.BODY, "某协会", None, None, XUHUI)
VENUE = Watched(Matter.VENUE, "社评丙徐汇考核点", BodyKind.SOCIAL, CENTRE, PUDONG, (XUHUI,))
AWAY = Watched(Matter.VENUE, "央企乙外地考核点", BodyKind.ENTERPRISE, CENTRE, PUDONG, (OUTSIDE,))

CASES = [
    *table(
        who.office_supervises,
        ("区督导本区备案的企业", (D, PUDONG, OWN, DAY), MET, "本区备案的企业评价机构"),
        ("区不督导别区备案的企业", (D, XUHUI, OWN, DAY), UNMET, "徐汇区人力资源社会保障局"),
        ("区督导设在本区的企业考核点", (D, XUHUI, CENTRAL, DAY), MET, "企业评价机构考核点"),
        ("企业注册地的区不督导市级备案机构在别区的考核点", (D, PUDONG, CENTRAL, DAY), UNMET),
        ("区督导设在本区的社会考核点", (D, XUHUI, VENUE, DAY), MET, "社会培训评价机构考核点"),
        ("区督导注册在本区的院校", (D, XUHUI, SCHOOL, DAY), MET, "注册在本区的院校"),
        ("院校在别区的考核点由该区督导", (D, PUDONG, replace(SCHOOL, venues=(PUDONG,)), DAY), MET, "院校考核点"),
        ("区督导本区内未经备案的评价", (D, XUHUI, NOBODY, DAY), MET, "未经备案的评价活动"),
        ("市职鉴中心在全市监督检查", (C, CENTRE, OWN, DAY), MET, "监督检查"),
        ("市人社局统筹规划", (B, CENTRE, OWN, DAY), MET, "统筹规划"),
        ("行业主管部门协助督导所辖行业", (G, "machinery", OWN, DAY), MET, "协助督导"),
        ("行业主管部门不协助别的行业", (G, "energy", OWN, DAY), UNMET, "行业主管部门"),
        ("评价机构的内部督导不是检查", (OfficeKind.ASSESSMENT_BODY, "甲厂", OWN, DAY), UNMET),
    ),
    *table(
        who.some_district_inspects,
        ("区级备案企业有区督导", (OWN, DAY), MET, "浦东新区"),
        ("外地考核点没有区督导", (AWAY, DAY), UNMET, "由市职鉴中心直接督导"),
        ("市级备案企业没有登记考核点", (replace(CENTRAL, venues=()), DAY), UNMET, "没有区人社局督导"),
    ),
    *table(
        who.one_district_inspects,
        ("只有一个区", (OWN, DAY), MET, "浦东新区"),
        ("没有区的由市督导", (AWAY, DAY), MET, "市职鉴中心"),
        ("区级备案企业在别区设考核点", (replace(OWN, venues=(PUDONG, XUHUI)), DAY), UNMET, "由浦东新区人力资源社会保障局牵头"),
        ("社会机构在两个区有考核点", (SOCIAL, DAY), UNMET, "由市职鉴中心牵头"),
    ),
]
