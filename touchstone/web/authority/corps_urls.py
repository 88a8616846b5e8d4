"""队伍地址: which address shows which page of the corps to an office?"""

from django.urls import path

from touchstone.web.authority import corps, corps_applications, corps_appraisals, corps_courses, corps_measures, corps_plan

PAGES = [
    path("corps", corps.corps, name="corps"),
    path("corps/plan", corps_plan.corps_plan, name="corps_plan"),
    path("corps/applications", corps_applications.corps_applications, name="corps_applications"),
    path("corps/applications/grant", corps_applications.corps_grant, name="corps_grant"),
    path("corps/applications/<str:number>", corps_applications.corps_application, name="corps_application"),
    path("corps/applications/<str:number>/files/<str:attachment>", corps_applications.corps_application_file, name="corps_application_file"),
    path("corps/applications/<str:number>/<str:act>", corps_applications.corps_application_act, name="corps_application_act"),
    path("corps/courses", corps_courses.corps_courses, name="corps_courses"),
    path("corps/courses/new", corps_courses.corps_course_new, name="corps_course_new"),
    path("corps/courses/<str:number>", corps_courses.corps_course, name="corps_course"),
    path("corps/courses/<str:number>/sheet", corps_courses.corps_course_sheet, name="corps_course_sheet"),
    path("corps/courses/<str:number>/sheets/<str:attachment>", corps_courses.corps_course_returned, name="corps_course_returned"),
    path("corps/appraisals", corps_appraisals.corps_appraisals, name="corps_appraisals"),
    path("corps/appraisals/decide", corps_appraisals.corps_appraisals_decide, name="corps_appraisals_decide"),
    path("corps/appraisals/<int:year>/progress", corps_appraisals.corps_appraisals_progress, name="corps_appraisals_progress"),
    path("corps/appraisals/<int:year>/<str:number>", corps_appraisals.corps_appraisal, name="corps_appraisal"),
    path("corps/measures/<str:number>", corps_measures.corps_measure, name="corps_measure"),
    path("corps/members/new", corps.corps_member_new, name="corps_member_new"),
    path("corps/members/<str:number>", corps.corps_member, name="corps_member"),
    path("corps/members/<str:number>/measure", corps_measures.corps_measure_new, name="corps_measure_new"),
]
