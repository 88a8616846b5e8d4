"""机构与岗位: which offices are there, what may a person be in them, and on whose ground?

`通知 一` and `三(三)1`.
"""

from enum import StrEnum


class OfficeKind(StrEnum):
    """The five kinds of office of `通知 一`, the desks of those who judge and of those who are judged as persons of their own, the platform's own
    operators, and other authorities that help with a case (`通知 三(四)1` 会同有关部门): police, market supervision."""

    CITY_BUREAU = "city_bureau"
    CITY_CENTRE = "city_centre"
    INDUSTRY_AUTHORITY = "industry_authority"
    DISTRICT_BUREAU = "district_bureau"
    ASSESSMENT_BODY = "assessment_body"
    CORPS = "corps"
    CANDIDATE = "candidate"
    OPERATOR = "operator"
    ADVISER = "adviser"

    @property
    def label(self) -> str:
        return _OFFICE_LABELS[self]

    @property
    def is_authority(self) -> bool:
        return self not in {OfficeKind.ASSESSMENT_BODY, OfficeKind.CORPS, OfficeKind.CANDIDATE, OfficeKind.OPERATOR, OfficeKind.ADVISER}


_OFFICE_LABELS = {
    OfficeKind.CITY_BUREAU: "市人力资源社会保障局",
    OfficeKind.CITY_CENTRE: "市职鉴中心",
    OfficeKind.INDUSTRY_AUTHORITY: "行业主管部门",
    OfficeKind.DISTRICT_BUREAU: "区人力资源社会保障局",
    OfficeKind.ASSESSMENT_BODY: "评价机构",
    OfficeKind.CORPS: "考评与督导队伍",
    OfficeKind.CANDIDATE: "考生",
    OfficeKind.OPERATOR: "平台运行",
    OfficeKind.ADVISER: "协办部门",
}


class Role(StrEnum):
    """What a person may be in an office, for a time."""

    BODY_FILER = "body_filer"
    BODY_PLANNER = "body_planner"
    BODY_LEADER = "body_leader"
    INTAKE_CLERK = "intake_clerk"
    CONSENT_OFFICER = "consent_officer"
    TECHNICAL_ASSESSOR = "technical_assessor"
    EXPERT = "expert"
    DIRECTOR = "director"
    REGISTRAR = "registrar"
    SUPERVISOR = "supervisor"
    POLICY_OFFICER = "policy_officer"
    CORPS_MEMBER = "corps_member"
    CANDIDATE = "candidate"
    QUESTION_AUTHOR = "question_author"
    QUESTION_REVIEWER = "question_reviewer"
    BANK_KEEPER = "bank_keeper"
    PAPER_KEEPER = "paper_keeper"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"
    CASE_ADVISER = "case_adviser"
    PLATFORM = "platform"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.BODY_FILER: "备案经办人",
    Role.BODY_PLANNER: "考务经办人",
    Role.BODY_LEADER: "机构负责人",
    Role.INTAKE_CLERK: "受理经办人",
    Role.CONSENT_OFFICER: "意见经办人",
    Role.TECHNICAL_ASSESSOR: "技术评估员",
    Role.EXPERT: "评审专家",
    Role.DIRECTOR: "审批负责人",
    Role.REGISTRAR: "备案登记员",
    Role.SUPERVISOR: "质量督导员",
    Role.POLICY_OFFICER: "政策管理员",
    Role.CORPS_MEMBER: "考评或督导人员",
    Role.CANDIDATE: "考生",
    Role.QUESTION_AUTHOR: "命题人",
    Role.QUESTION_REVIEWER: "审题人",
    Role.BANK_KEEPER: "题库管理员",
    Role.PAPER_KEEPER: "试卷保管员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
    Role.CASE_ADVISER: "协办人员",
    Role.PLATFORM: "平台自动办理",
}

ROLES_OF_OFFICE: dict[OfficeKind, frozenset[Role]] = {
    OfficeKind.CITY_BUREAU: frozenset({Role.POLICY_OFFICER, Role.DIRECTOR, Role.SUPERVISOR}),
    OfficeKind.CITY_CENTRE: frozenset(
        {
            Role.INTAKE_CLERK,
            Role.REGISTRAR,
            Role.CONSENT_OFFICER,
            Role.TECHNICAL_ASSESSOR,
            Role.EXPERT,
            Role.DIRECTOR,
            Role.SUPERVISOR,
            Role.POLICY_OFFICER,
            Role.QUESTION_AUTHOR,
            Role.QUESTION_REVIEWER,
            Role.BANK_KEEPER,
            Role.PAPER_KEEPER,
        }
    ),
    OfficeKind.INDUSTRY_AUTHORITY: frozenset({Role.CONSENT_OFFICER, Role.DIRECTOR, Role.SUPERVISOR}),
    OfficeKind.DISTRICT_BUREAU: frozenset(
        {Role.CONSENT_OFFICER, Role.INTAKE_CLERK, Role.TECHNICAL_ASSESSOR, Role.DIRECTOR, Role.SUPERVISOR}
    ),
    OfficeKind.ASSESSMENT_BODY: frozenset(
        {
            Role.BODY_FILER,
            Role.BODY_PLANNER,
            Role.BODY_LEADER,
            Role.QUESTION_AUTHOR,
            Role.QUESTION_REVIEWER,
            Role.BANK_KEEPER,
            Role.PAPER_KEEPER,
        }
    ),
    OfficeKind.CORPS: frozenset({Role.CORPS_MEMBER}),
    OfficeKind.CANDIDATE: frozenset({Role.CANDIDATE}),
    OfficeKind.OPERATOR: frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}),
    OfficeKind.ADVISER: frozenset({Role.CASE_ADVISER}),
}

ADMINISTRATORS = ROLES_OF_OFFICE[OfficeKind.OPERATOR]


class BodyKind(StrEnum):
    """The three kinds of assessment body of `通知 三(一)`."""

    ENTERPRISE = "enterprise"
    SOCIAL = "social"
    SCHOOL = "school"

    @property
    def label(self) -> str:
        return {"enterprise": "企业职业技能等级评价机构", "social": "社会培训评价组织", "school": "院校职业技能等级评价机构"}[self.value]


class Ownership(StrEnum):
    """Who owns a body: it decides the route of an enterprise."""

    CENTRAL = "central"
    MUNICIPAL = "municipal"
    DISTRICT = "district"
    PRIVATE = "private"
    FOREIGN = "foreign"
    PUBLIC_INSTITUTION = "public_institution"
    ASSOCIATION = "association"

    @property
    def label(self) -> str:
        return {
            "central": "在沪中央企业",
            "municipal": "市属国有企业",
            "district": "区属企业",
            "private": "民营企业",
            "foreign": "外商及港澳台投资企业",
            "public_institution": "事业单位",
            "association": "社会团体、民办非企业单位",
        }[self.value]
