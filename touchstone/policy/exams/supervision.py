"""内部督导内容: what does the internal supervisor look at in a sitting?

`通知 三(三)1` makes the body supervise itself; the items are our default, after the sheets in use elsewhere.
"""

from collections.abc import Sequence
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unproven
from touchstone.policy.documents import notice, our_default

SUPERVISION_ITEMS: Dated[Sequence[str]] = Dated(
    "内部质量督导的检查内容",
    Value(
        date(2018, 1, 1),
        (
            "监考、考评人员按时到岗，佩戴证件，人数符合要求",
            "考场、设备、工具、材料与备案一致并准备就绪",
            "座位、工位号清楚，一人一桌，卷别按座位摆放",
            "视频监控开启，覆盖考场",
            "试卷密封完好，当场启封，两人签字",
            "入场核验身份，没有替考",
            "开考前宣读考场纪律和操作安全要求",
            "开始、结束时间准确",
            "监考巡视到位，没有做与考试无关的事",
            "考评人员独立评分，按评分标准执行",
            "违纪违规当场处置并如实记录",
            "试卷、答卷、评分表收齐，份数相符，按规定封存",
        ),
        our_default("内部督导检查内容"),
    ),
    key="exams.supervision_items",
)


@rule("市域外的考核点有下属企业，由注册地所在区签收监管")
def outside_venue_is_looked_after(subsidiaries: Sequence[str], home: str, day: date) -> Finding:
    """Whether a venue outside the city serves subsidiaries there (`通知 三(二)5`): it lies in no district of the city, so the home district signs."""
    del day
    clause = notice("三(二)5")
    if not subsidiaries:
        return unproven("考核点在市域外，没有登记市域外下属企业", clause, ask_for="市域外下属企业（先在“评价对象”登记）")
    names = "、".join(subsidiaries)
    return met(f"考核点在市域外，评价下属企业{names}的职工；计划由注册地{home}人社局签收监管，并报市职鉴中心知悉", clause)
