"""二、主要任务: rows B1 to B4."""

from touchstone.policy.duties.duty import duty, row

ROWS = (
    row(
        "B1",
        "二(一)",
        "企业自主评价的对象",
        duty(
            "企业可以评价本单位各种用工形式的在岗职工，包括劳务派遣和劳务外包",
            rules=("eligibility.admission.admitted_as_own_staff", "eligibility.populations.on_staff_register"),
            pages=("body:registration", "body:candidate"),
        ),
        duty(
            "每名考生以什么身份参评都有记录并经核对",
            rules=("eligibility.admission.ground_open_to_body",),
            pages=("body:candidates", "body:candidate"),
        ),
        duty(
            "企业可以评价有合作协议的院校毕业学年学生",
            rules=("eligibility.populations.agreement_covers", "eligibility.populations.in_graduation_year"),
            pages=("body:agreement_new", "body:agreement", "body:agreement_students_import", "body:candidate"),
        ),
        duty(
            "企业可以受不具备条件的企业委托评价其职工",
            rules=(
                "eligibility.populations.commission_covers",
                "eligibility.populations.client_lacks_conditions",
                "eligibility.admission.admitted_by_agreement",
            ),
            pages=("body:commission_new", "body:commission", "body:candidate"),
        ),
    ),
    row(
        "B2",
        "二(一)",
        "新八级工",
        duty(
            "初级工至高级技师五个等级按申报条件报考、分科考试、逐级发证",
            rules=("exams.results.part_passed", "certificates.numbering.level_is_that_of_the_certificate"),
            pages=("body:plan_new", "body:results", "body:certificates"),
        ),
        duty(
            "学徒工由企业转正定级",
            rules=(
                "eligibility.apprenticeship.enterprise_fixes_levels",
                "eligibility.apprenticeship.level_may_be_fixed",
                "eligibility.apprenticeship.on_apprentices_register",
                "eligibility.apprenticeship.agreement_is_kept",
                "eligibility.apprenticeship.term_is_served",
            ),
            pages=(
                "body:apprentices",
                "body:apprentice_new",
                "body:apprentice",
                "body:plan_new",
                "body:apprentice_registration",
                "body:results",
                "candidate:registration",
            ),
        ),
        duty(
            "特级技师、首席技师由企业评聘，不设考试",
            rules=(
                "appointments.conditions.appointed_by_enterprise",
                "appointments.conditions.occupation_has_level_1",
                "appointments.conditions.filed_high_enough",
                "appointments.conditions.nominee_in_post",
                "appointments.conditions.holds_the_rank_below",
                "appointments.panel.panel_is_odd_and_large_enough",
                "appointments.panel.carried",
                "appointments.term.term_is_in_bounds",
                "appointments.term.may_be_renewed",
                "appointments.term.post_ends_with_the_term",
            ),
            pages=(
                "body:appointment_rounds",
                "body:appointment_round_new",
                "body:appointment_round",
                "body:put_forward",
                "body:nomination",
                "body:appointment_review",
                "body:appointment",
                "candidate:appointments",
                "candidate:appointment_apply",
                "candidate:nomination",
                "candidate:appointment",
                "authority:appointments",
                "authority:appointment",
                "authority:appointment_round",
            ),
        ),
    ),
    row(
        "B3",
        "二(二)",
        "社会培训评价组织",
        duty(
            "聚焦重点产业和需求分批公开征集",
            rules=("calls.projects.demand_is_wide",),
            pages=("authority:calls", "authority:call_new", "authority:call", "public:calls", "public:call"),
        ),
        duty(
            "统筹布局：机构、职业、区与需求对照可见",
            rules=("calls.layout.bodies_meet_demand",),
            pages=("authority:layout", "authority:layout_rows", "authority:demand", "authority:demand_new", "authority:demand_import"),
        ),
        duty(
            "按条件遴选在本市依法登记的独立法人",
            rules=(
                "calls.conditions.independent_legal_person",
                "calls.conditions.years_enough",
                "calls.conditions.rating_enough",
                "calls.conditions.department_set_up",
                "calls.conditions.staff_enough",
                "calls.conditions.experts_enough",
                "calls.conditions.seats_enough",
                "calls.conditions.stations_enough",
                "calls.conditions.quality_kept",
                "calls.conditions.credit_good",
            ),
            pages=("body:call_application", "authority:call_applications", "authority:call_application_check", "authority:call_ranking"),
        ),
        duty(
            "面向社会提供评价服务",
            rules=("eligibility.admission.ground_open_to_body",),
            pages=("body:plan_new", "body:candidate_new", "body:candidate"),
        ),
        duty(
            "示范性社会培训评价组织有标记、有管理",
            rules=(
                "filing.model_body.social_and_filed",
                "filing.model_body.filed_long_enough",
                "filing.model_body.not_suspended_lately",
            ),
            pages=("authority:model_bodies", "authority:model_body", "public:register", "public:register_body", "body:home"),
        ),
    ),
    row(
        "B4",
        "二(三)",
        "院校评价",
        duty(
            "院校只评价本校注册学籍的全日制毕业学年学生",
            rules=("eligibility.populations.in_graduation_year", "eligibility.admission.ground_open_to_body"),
            pages=("body:students_import", "body:students", "body:candidate"),
        ),
        duty("学历证书与若干职业技能证书并举", pages=("body:student", "body:certificate")),
        duty(
            "符合条件的院校试点课证融通",
            rules=("pilots.scope_is_filed", "pilots.units_match_elements"),
            pages=("authority:pilot_new", "authority:pilot", "body:pilot"),
        ),
    ),
)
