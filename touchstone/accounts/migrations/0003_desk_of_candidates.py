from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_initial")]

    operations = [
        migrations.AlterField(
            model_name="holding",
            name="role",
            field=models.CharField(choices=[('body_filer', '备案经办人'), ('body_planner', '考务经办人'), ('body_leader', '机构负责人'), ('intake_clerk', '受理经办人'), ('consent_officer', '意见经办人'), ('technical_assessor', '技术评估员'), ('expert', '评审专家'), ('director', '审批负责人'), ('registrar', '备案登记员'), ('supervisor', '质量督导员'), ('policy_officer', '政策管理员'), ('corps_member', '考评或督导人员'), ('candidate', '考生'), ('question_author', '命题人'), ('question_reviewer', '审题人'), ('bank_keeper', '题库管理员'), ('paper_keeper', '试卷保管员'), ('system_administrator', '系统管理员'), ('security_administrator', '安全管理员'), ('audit_administrator', '审计管理员'), ('platform', '平台自动办理')], max_length=32, verbose_name="岗位"),
        ),
        migrations.AlterField(
            model_name="office",
            name="kind",
            field=models.CharField(choices=[('city_bureau', '市人力资源社会保障局'), ('city_centre', '市职鉴中心'), ('industry_authority', '行业主管部门'), ('district_bureau', '区人力资源社会保障局'), ('assessment_body', '评价机构'), ('corps', '考评与督导队伍'), ('candidate', '考生'), ('operator', '平台运行')], max_length=24, verbose_name="类别"),
        ),
    ]
