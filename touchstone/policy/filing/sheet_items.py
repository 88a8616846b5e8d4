"""技术评估评分项目: what is looked at in an enterprise, how much does each item weigh, and what shows it?

Ours, until the city issues a sheet of its own (`通知 四(三)`): seven sections, weights that add up to one hundred, and key
items of which none may be nought.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Item:
    """One item of a sheet. Scored from 0 to `full_mark`; its points are weight × score ÷ full mark."""

    key: str
    section: str
    title: str
    weight: int
    evidence: str
    is_key: bool = False
    full_mark: int = 10

    def points(self, score: Decimal) -> Decimal:
        """This method will turn a score into points of the whole."""
        return Decimal(self.weight) * score / self.full_mark


ORGANISATION, SYSTEMS, PEOPLE = "组织机构", "管理制度", "人员队伍"
PREMISES, QUESTIONS, QUALITY, DIGITAL = "场地设备", "标准与题库", "质量管理", "信息化与证书管理"

ENTERPRISE_ITEMS = (
    Item("organisation.department", ORGANISATION, "设有负责评价工作的专门部门，职责写入正式文件", 4, "机构设置文件", is_key=True),
    Item("organisation.leader", ORGANISATION, "有分管负责人，能说明评价工作的安排和责任", 3, "任命文件、现场访谈"),
    Item("organisation.independence", ORGANISATION, "培训、命题、考评岗位相互分开，不由同一人兼任", 4, "岗位分工表"),
    Item("organisation.demand", ORGANISATION, "有近三年职工技能状况和评价需求的统计", 2, "职工技能台账"),
    Item("organisation.funds", ORGANISATION, "评价经费列入年度预算，足以开展申报的职业等级", 3, "预算批复或经费保障说明"),
    Item("systems.complete", SYSTEMS, "管理制度齐全，已正式印发并有施行日期", 4, "制度汇编、印发文件", is_key=True),
    Item("systems.fit", SYSTEMS, "制度写明岗位、时限和表单，与本单位实际相符", 3, "制度文本、空白表单"),
    Item("systems.known", SYSTEMS, "相关人员受过制度培训并能说出本岗位要求", 3, "培训签到、现场提问"),
    Item("systems.emergency", SYSTEMS, "有考试中断、设备故障和人身安全的应急预案并演练过", 2, "预案、演练记录"),
    Item("people.managers", PEOPLE, "专职管理人员数量和经历符合要求", 3, "人员名册、劳动合同"),
    Item("people.assessors", PEOPLE, "每个职业的考评人员数量、等级和专业符合要求", 5, "资格证书、名册", is_key=True),
    Item("people.rotation", PEOPLE, "考评人员派遣、轮换和回避有记录可查", 3, "派遣表、回避声明样本"),
    Item("people.supervisors", PEOPLE, "内部质量督导员独立履职，不参加被督导场次的考评", 4, "督导员名册、任命文件"),
    Item("people.training", PEOPLE, "考评和督导人员有年度培训与考核安排", 2, "年度计划"),
    Item("premises.theory", PREMISES, "理论考场座位、间距、照明和时钟符合要求", 3, "现场踏勘、照片"),
    Item("premises.practical", PREMISES, "技能考场工位满足申报职业最高等级的操作要求", 4, "现场踏勘、照片", is_key=True),
    Item("premises.equipment", PREMISES, "设备、工量具和材料与标准要求一致，状态完好", 4, "设备清单、检定记录"),
    Item("premises.safety", PREMISES, "消防、用电、劳动防护和急救条件合格", 4, "检查记录、现场踏勘", is_key=True),
    Item("premises.cameras", PREMISES, "视频监控覆盖全部考位和通道，录像可按时间调取", 4, "现场调取录像", is_key=True),
    Item("premises.secrecy", PREMISES, "有保密室，双人双锁，进出有登记", 3, "现场踏勘、登记簿"),
    Item("premises.signs", PREMISES, "考场标识、准考提示、候考区和物品存放处齐备", 1, "现场踏勘"),
    Item("questions.standard", QUESTIONS, "依据的国家职业标准或评价规范现行有效，版本一致", 3, "标准文本、核准文件", is_key=True),
    Item("questions.sets", QUESTIONS, "每个职业等级的题库套数符合要求并有命审题记录", 4, "题库清单、命审题记录"),
    Item("questions.coverage", QUESTIONS, "试题覆盖标准的考核要素，配分符合权重表", 3, "命题细目表、抽查试卷"),
    Item("questions.secrecy", QUESTIONS, "命题、印制、运送、保管和回收全程保密", 3, "保密协议、交接记录"),
    Item("questions.update", QUESTIONS, "有题库更新计划，能说明上次更新的内容", 1, "更新记录"),
    Item("quality.eligibility", QUALITY, "报名资格审核有标准、有复核，佐证材料可追溯", 4, "审核表样本"),
    Item("quality.supervision", QUALITY, "每场考试有内部督导，发现的问题有整改闭环", 3, "督导记录样本"),
    Item("quality.objections", QUALITY, "成绩公示、异议受理和复核渠道公开", 2, "公示样本、受理登记"),
    Item("quality.accountability", QUALITY, "有问题回溯和责任追究的办法与责任人", 2, "责任书"),
    Item("digital.system", DIGITAL, "报名、审核、考务和成绩在信息系统内全程留痕", 3, "系统演示"),
    Item("digital.data", DIGITAL, "个人信息按权限查看，数据有备份", 2, "权限表、备份记录"),
    Item("digital.certificates", DIGITAL, "证书编号、数据上报、更正和撤销由专人负责", 1, "岗位分工表"),
    Item("digital.archive", DIGITAL, "评价档案按批次归档，保存年限符合要求", 1, "档案样本"),
)
