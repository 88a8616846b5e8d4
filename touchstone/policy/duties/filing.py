"""三(一)、健全评价机构备案体系: rows C1 to C4."""

from touchstone.policy.duties.duty import duty, row

ROWS = (
    row(
        "C1",
        "三(一)1",
        "在沪央企、市属国企备案",
        duty(
            "取得行业主管部门或上级主管部门同意",
            rules=("filing.consents.consent_obtained", "filing.consents.consent_came_first"),
            pages=("body:filing", "authority:filing_consent"),
        ),
        duty(
            "取得每个考核点所在区人社局同意",
            rules=("filing.consents.consent_obtained",),
            pages=("body:filing", "authority:filing_consent", "authority:inbox", "authority:filing"),
        ),
        duty(
            "向市职鉴中心提出备案申请并由其办理",
            rules=("filing.completeness.lawfully_registered", "filing.assessment_sheet.total_reaches_pass_line"),
            pages=(
                "body:filing_new",
                "body:filing_submit",
                "authority:filing_appoint",
                "authority:filing_assessment",
                "authority:filing_decision",
                "authority:report",
                "public:register_body",
            ),
        ),
    ),
    row(
        "C2",
        "三(一)1",
        "区属企业备案",
        duty(
            "取得注册地所在区行业主管部门或者人社局同意",
            rules=("filing.consents.consent_obtained", "filing.consents.consent_came_first"),
            pages=("body:filing", "authority:filing_consent"),
        ),
        duty(
            "同意之后向注册地所在区人社局提出备案申请",
            rules=("filing.completeness.lawfully_registered",),
            pages=("body:filing_new", "body:filing_submit", "authority:filings"),
        ),
        duty(
            "由区组织技术评估",
            rules=(
                "filing.assessment_sheet.assessed_by_enough",
                "filing.assessment_sheet.total_reaches_pass_line",
                "filing.assessment_sheet.no_key_item_at_nought",
            ),
            pages=("authority:filing_assessment",),
        ),
        duty(
            "由区完成备案并向社会公布",
            rules=("filing.answer.filed_for",),
            pages=("authority:filing_decision", "public:notice", "public:register", "public:register_body", "public:filed_for", "public:open_data"),
        ),
        duty("备案结果报送市职鉴中心", pages=("authority:reports", "authority:report")),
    ),
    row(
        "C3",
        "三(一)2",
        "社会培训评价组织备案",
        duty(
            "行业主管部门推荐并遴选确定社会化评价项目",
            rules=(
                "calls.projects.recommended_in_its_field",
                "calls.projects.demand_is_wide",
                "filing.scope.on_the_national_list",
                "filing.scope.basis_allowed",
            ),
            pages=("authority:project_new", "authority:projects", "authority:project", "authority:project_decide"),
        ),
        duty(
            "面向全市公开征集遴选机构",
            rules=("calls.terms.applied_in_time",),
            pages=(
                "public:calls",
                "public:call",
                "body:calls",
                "body:call",
                "body:call_application",
                "authority:call_ranking",
                "authority:call_objection",
                "public:notice",
            ),
        ),
        duty(
            "取得行业主管部门和每个考核点所在区人社局同意后向市职鉴中心申请",
            rules=("calls.gates.gates_passed", "filing.consents.consent_obtained", "filing.consents.consent_came_first"),
            pages=(
                "body:filing_new",
                "body:filing",
                "authority:filing_consent",
                "body:filing_submit",
                "authority:filing_appoint",
                "authority:filing_assessment",
                "authority:filing_conclude",
                "authority:filing_decision",
                "public:notice",
                "authority:report",
                "public:register_body",
            ),
        ),
        duty("市级行业协会的企业评价项目符合条件的逐步纳入社会化认定"),
    ),
    row(
        "C4",
        "三(一)3",
        "院校备案",
        duty(
            "院校先取得行业主管部门或上级主管部门同意",
            rules=("filing.consents.consent_obtained", "filing.consents.consent_came_first"),
            pages=("body:filing", "authority:filing_consent", "body:filing_submit"),
        ),
        duty(
            "学校总部注册地所在区人社局技术评估并提出初审意见",
            pages=("authority:filing_assessment", "authority:filing_first_opinion"),
        ),
        duty(
            "市职鉴中心组织专家复核",
            rules=("filing.panel.expert_is_free", "filing.panel.panel_is_odd", "filing.panel.panel_agrees"),
            pages=("authority:filing_panel", "authority:filing_review", "authority:filing_panel_conclude"),
        ),
        duty(
            "评价机构类型参照企业",
            rules=("certificates.numbering.letter_laid_down", "certificates.numbering.prefix_is_the_bodys"),
            pages=("authority:report", "public:register_body"),
        ),
    ),
)
