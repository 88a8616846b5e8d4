"""评价机构办理: a body is registered, keeps its facts, premises, people and papers, and takes part in pilots."""

from touchstone.bodies.operations.apprentices import end_apprenticeship, enter_apprentice, fix_level
from touchstone.bodies.operations.enterprise_standards import end_enterprise_standard, enter_enterprise_standard
from touchstone.bodies.operations.evidence import file_evidence, withdraw_evidence
from touchstone.bodies.operations.grading import note_failed_years, set_grade
from touchstone.bodies.operations.holding import check_left_alone, hold_records, release_records
from touchstone.bodies.operations.kind import change_kind
from touchstone.bodies.operations.loading import BodyAsItStands, VenueAsItStands, load_body, load_site_code, load_venue, take_back
from touchstone.bodies.operations.model_standing import name_model, take_back_model
from touchstone.bodies.operations.papers import end_agreement, end_commission, enter_agreement, enter_commission, hold_commissions
from touchstone.bodies.operations.pilots import approve_pilot, decide_pilot, end_pilot, report_pilot
from touchstone.bodies.operations.register import change_profile, checked_uscc, choose_superior, record_export, register_body
from touchstone.bodies.operations.remind import remind_of_end
from touchstone.bodies.operations.renaming import change_people, checked_name, enter_expiry_evaluation, rename_body
from touchstone.bodies.operations.restricting import lift, restrict
from touchstone.bodies.operations.roster_import import import_students, import_workers, process_roster, student_template, worker_template
from touchstone.bodies.operations.sign_up import FirstPerson, sign_up
from touchstone.bodies.operations.site_code import assign_site_code
from touchstone.bodies.operations.staff import add_staff, end_staff
from touchstone.bodies.operations.students import end_student, enter_student, note_diploma
from touchstone.bodies.operations.subsidiaries import end_subsidiary, enter_subsidiary
from touchstone.bodies.operations.unmasking import open_personal_paper, unmask_identity
from touchstone.bodies.operations.venues import add_room, change_room, change_venue, close_room, close_venue, open_venue
from touchstone.bodies.operations.workers import end_worker, enter_worker

__all__ = [
    "BodyAsItStands",
    "FirstPerson",
    "VenueAsItStands",
    "add_room",
    "add_staff",
    "approve_pilot",
    "assign_site_code",
    "change_kind",
    "change_people",
    "change_profile",
    "change_room",
    "change_venue",
    "check_left_alone",
    "checked_name",
    "checked_uscc",
    "choose_superior",
    "close_room",
    "close_venue",
    "decide_pilot",
    "end_agreement",
    "end_apprenticeship",
    "end_commission",
    "end_enterprise_standard",
    "end_pilot",
    "end_staff",
    "end_student",
    "end_subsidiary",
    "end_worker",
    "enter_agreement",
    "enter_apprentice",
    "enter_commission",
    "enter_enterprise_standard",
    "enter_expiry_evaluation",
    "enter_student",
    "enter_subsidiary",
    "enter_worker",
    "file_evidence",
    "fix_level",
    "hold_commissions",
    "hold_records",
    "import_students",
    "import_workers",
    "lift",
    "load_body",
    "load_site_code",
    "load_venue",
    "name_model",
    "note_diploma",
    "note_failed_years",
    "open_personal_paper",
    "open_venue",
    "process_roster",
    "record_export",
    "register_body",
    "release_records",
    "remind_of_end",
    "rename_body",
    "report_pilot",
    "restrict",
    "set_grade",
    "sign_up",
    "student_template",
    "take_back",
    "take_back_model",
    "unmask_identity",
    "withdraw_evidence",
    "worker_template",
]
