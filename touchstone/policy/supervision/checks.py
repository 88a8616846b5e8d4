"""检查项目: which questions are asked under each item of the list, what do they weigh, what shows it, and which acts may stand behind a no?"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.policy.documents import our_default


@dataclass(frozen=True)
class Check:
    """One question on the inspector's sheet. `acts` are keys of the catalogue of acts, the likeliest first."""

    key: str
    item: str
    question: str
    weight: int
    shows: str
    acts: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.question}（权重{self.weight}）"


_CHECKS = (
    Check("system.rules", "system", "管理制度正式印发，岗位、时限与实际做法相符", 3, "制度文本、岗位分工", ("rules_not_kept",)),
    Check("system.internal", "system", "每场有内部质量督导，问题有回溯和责任追究", 4, "督导表、整改记录", ("no_internal_supervision",)),
    Check("system.corrected", "system", "以往检查指出的问题已经改正", 4, "整改报告、现场复核", ("not_corrected_at_once", "not_rectified")),
    Check("filing.scope", "filing", "评价的职业（工种）、等级在备案范围之内", 5, "计划、公告、证书数据", ("out_of_scope_data",)),
    Check("filing.venue", "filing", "考试在备案的考核点进行", 5, "签到定位、录像", ("outside_venue",)),
    Check("filing.itself", "filing", "由备案机构自己组织，没有转包或者出借备案", 5, "合同、人员、收款账户", ("lends_filing",)),
    Check("eligibility.proof", "eligibility", "考生符合申报条件，佐证材料真实", 5, "抽查原件、登记核查", ("loose_eligibility",)),
    Check("eligibility.audience", "eligibility", "考生属于该类机构可以评价的对象", 4, "劳动关系、学籍、委托协议", ("loose_eligibility",)),
    Check("eligibility.reviewed", "eligibility", "资格审核有复核，审核意见留存", 2, "审核记录", ("missing_signature", "archive_incomplete")),
    Check("sitting.plan", "sitting", "场次按已签收的计划举行，变更已经报告", 3, "计划、公告", ("plan_not_filed", "late_report")),
    Check("sitting.identity", "sitting", "入场核验身份，人证一致，没有替考", 5, "核验记录、现场核对", ("empty_exam", "organises_cheating")),
    Check("sitting.seats", "sitting", "一人一座，座位（工位）号清楚，与座次表一致", 2, "座次表、现场", ("signs_missing",)),
    Check("sitting.sealed", "sitting", "试卷当场启封，两人签字，收回份数相符", 4, "交接单", ("missing_signature", "leaks_papers")),
    Check("sitting.timing", "sitting", "开始、结束时间准确，没有提前或者拖延", 2, "录像、考场记录", ("rules_not_kept",)),
    Check("sitting.discipline", "sitting", "监考巡视到位，违纪违规当场处置并记录", 4, "现场、考场情况记录", ("organises_cheating", "rules_not_kept")),
    Check("sitting.scoring", "sitting", "考评人员独立评分，按标准执行", 5, "评分表、录像", ("changes_scores",)),
    Check("staff.assessors", "staff", "考评人员具有相应职业、等级的资格且在有效期内", 5, "资格证、派遣单", ("unqualified_assessors",)),
    Check("staff.ratio", "staff", "监考、考评人员数量符合要求", 4, "签到表", ("assessors_too_few",)),
    Check("staff.recusal", "staff", "回避和轮换按规定执行", 3, "派遣记录、回避声明", ("no_recusal",)),
    Check("venue.equipment", "venue", "场地、工位、设备与备案一致并能使用", 4, "现场查看", ("facilities_lowered",)),
    Check("venue.cameras", "venue", "视频监控覆盖全部考位，当场能调取", 4, "现场调取", ("camera_gaps",)),
    Check("papers.standard", "papers", "试题依据现行标准，覆盖考核要素", 3, "细目表、抽查试卷", ("papers_off_standard",)),
    Check("papers.secrecy", "papers", "命题、印制、保管全程保密，双人双锁", 5, "保密室、登记簿", ("leaks_papers", "rules_not_kept")),
    Check("scores.scores", "scores", "证书数据与答卷、评分原始记录一致", 5, "抽查比对", ("changes_scores", "wrong_data_kept")),
    Check("scores.present", "scores", "发证人数不多于实际到考人数", 5, "签到、录像、证书数据", ("empty_exam",)),
    Check("scores.notice", "scores", "成绩公示满规定时间后发证", 3, "公示记录", ("notice_too_short",)),
    Check("archive.whole", "archive", "档案五卷齐备，按期封存", 3, "档案", ("small_archive_gap", "archive_incomplete")),
    Check("archive.video", "archive", "考试录像完整，可以按时间调取", 4, "随机调取", ("camera_gaps", "archive_incomplete")),
    Check("fees.charged", "fees", "收费标准公布，按公布的标准收取", 3, "公示、票据", ("fees_not_published", "unlawful_fees")),
    Check("fees.words", "fees", "宣传真实，没有“包过”或者假借行政机关名义", 4, "公告、广告、录音", ("false_advertising",)),
    Check("fees.answers", "fees", "异议、投诉有人受理并在期限内答复", 2, "受理登记", ("rules_not_kept",)),
    Check("leads.facts", "leads", "线索反映的事实经核实不存在", 5, "核实记录", ()),
    Check("unfiled.filed", "unfiled", "没有未经备案而以职业技能等级名义评价、发证", 5, "公告、证书样本", ("evaluates_unfiled",)),
    Check("unfiled.words", "unfiled", "自行开展的能力评价没有使用国家证书的字样和标志", 4, "证书样本、网页", ("misuses_state_name",)),
)
CHECKS: Dated[tuple[Check, ...]] = Dated("检查项目", Value(date(2024, 5, 1), _CHECKS, our_default("检查项目")), key="supervision.checks")
