"""一、组织机构及职责分工: rows A1 to A4."""

from touchstone.policy.duties.duty import duty, row

ROWS = (
    row(
        "A1",
        "一",
        "五类机构及其职责",
        duty("五类机构在平台上各有其单位、人员和岗位", pages=("operators:offices", "operators:office", "operators:people")),
        duty("各机构只看见和办理自己属地和行业范围内的事项", pages=("authority:inbox", "authority:bodies")),
        duty("区人社局按属地管理办理备案", pages=("authority:filings", "authority:filing")),
        duty("市职鉴中心对备案统一管理，签收各区结果", pages=("authority:reports", "authority:report")),
        duty(
            "市人社局统筹规划、提供政策支持",
            pages=("authority:layout", "authority:demand", "operators:parameters", "operators:parameter", "authority:support"),
        ),
        duty(
            "行业主管部门在所辖领域组织推动、行业指导并配合督导",
            rules=("supervision.who.office_supervises",),
            pages=("authority:home", "authority:industry_guidance", "authority:supervision", "authority:known_visits", "authority:known_visit"),
        ),
        duty(
            "市职鉴中心和各区开展质量督导",
            rules=(
                "supervision.who.office_supervises",
                "supervision.who.some_district_inspects",
            ),
            pages=(
                "authority:leader",
                "authority:sitting",
                "authority:supervision",
                "authority:inspection_draws",
                "authority:inspection_draw",
                "authority:alerts",
            ),
        ),
    ),
    row(
        "A2",
        "一",
        "国家公布的可备案职业（工种）和等级",
        duty(
            "平台保存国家公布的可备案职业（工种）和等级，每项都有起止日期",
            pages=("authority:catalogue", "authority:occupation"),
        ),
        duty("目录可以整表导入，每一行都有结果", pages=("authority:catalogue_import",)),
        duty(
            "不在目录内的职业、工种和等级不能备案",
            rules=("filing.scope.on_the_national_list",),
            pages=("body:filing_scope",),
        ),
    ),
    row(
        "A3",
        "一",
        "谁评价、谁负责、谁发证",
        duty(
            "证书由实施评价的机构发出",
            rules=("certificates.issuing.evaluating_body_issues", "certificates.issuing.filing_in_force"),
            pages=("body:certificates", "public:certificate"),
        ),
        duty(
            "备案终止以后，原评价机构仍对已发证书负责",
            rules=("certificates.issuing.issuer_stays_answerable", "filing.ending.certificate_stands"),
            pages=("public:certificate",),
        ),
        duty(
            "证书有误的由颁证机构更正、补发",
            rules=("certificates.revocation.may_be_corrected",),
            pages=(
                "candidate:certificates",
                "candidate:certificate_request_new",
                "candidate:certificate_request",
                "body:certificate_requests",
                "body:certificate_request",
                "public:certificate",
            ),
        ),
        duty(
            "证书由评价机构用自己的密钥签名，市级加签，任何人不经平台也能核对",
            rules=("certificates.keys.key_may_sign", "certificates.keys.key_may_be_countersigned", "certificates.keys.share_is_open"),
            pages=(
                "body:issuer_keys",
                "authority:issuer_key",
                "body:results",
                "candidate:certificate",
                "candidate:wallet",
                "public:checker",
                "public:shared",
                "body:certificate",
            ),
        ),
        duty(
            "证书数据由颁证机构上报并负责，接收和退回都有理由",
            rules=(
                "certificates.chain.number_is_of_this_body",
                "certificates.chain.plan_is_on_record",
                "certificates.chain.within_filed_scope",
                "certificates.chain.candidate_is_eligible",
                "certificates.chain.scores_are_those_on_record",
                "certificates.chain.notice_has_elapsed",
                "certificates.receiving.reviewed_by_its_supervisor",
                "certificates.receiving.sample_is_looked_at",
                "certificates.handover.receipt_is_for_the_parcel",
            ),
            pages=(
                "body:certificate_batches",
                "body:certificate_batch",
                "body:certificate_entry",
                "authority:certificate_batch",
                "authority:certificate_entry",
                "authority:certificate_parcels",
                "authority:certificate_parcel",
                "public:certificate",
            ),
        ),
    ),
    row(
        "A4",
        "一",
        "技术指导与行业指导",
        duty(
            "市职鉴中心和各区答复技术咨询，答复留存可查",
            pages=(
                "body:inquiry_new",
                "body:inquiry",
                "authority:inquiries",
                "authority:inquiry",
                "authority:inquiry_publish",
                "body:guidance_answer",
                "public:guidance_answers",
                "public:guidance_answer",
            ),
        ),
        duty(
            "市职鉴中心和各区提供范本、培训通知并记录上门指导",
            pages=(
                "authority:guidance_paper_new",
                "public:guidance_paper",
                "authority:guidance_notice_new",
                "authority:guidance_notice",
                "body:guidance_notice",
                "authority:guidance_training",
                "authority:guidance_visit_of",
                "authority:guidance_visit",
                "body:guidance_visit",
            ),
        ),
        duty(
            "行业主管部门对所辖领域组织推动、行业指导",
            pages=("authority:industry_guidance", "authority:guidance_notice_new", "authority:guidance_notice"),
        ),
    ),
)
