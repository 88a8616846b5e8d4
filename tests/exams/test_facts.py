"""认定事实测试: whatever stands on a form, do the facts come out whole?"""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from touchstone.exams.facts.applicant import Registered, applicant_of, earliest_issue
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.facts.proofs import read_proof
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.eligibility.decide import decide
from touchstone.policy.eligibility.levels import Level

TODAY = date(2026, 3, 2)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text(max_size=12) | st.dates(), lambda inner: st.lists(inner, max_size=3), max_leaves=4
)
KEYS = st.sampled_from(
    ["since", "until", "level", "issued_on", "relation", "number", "school", "school_class", "graduated_on", "final_year", "rank", "obtained_on"]
)


@given(st.text(max_size=30) | st.from_regex(r"[YS]\d{21}|\d{13}|\d{16}", fullmatch=True), st.dates(date(2024, 5, 1), date(2090, 1, 1)))
def test_no_number_is_read_as_issued_in_the_future(number: str, day: date) -> None:
    assert earliest_issue(number, day) <= day


@given(st.sampled_from(ProofKind), st.dictionaries(KEYS, ANYTHING, max_size=8))
def test_any_facts_are_read_or_refused_with_a_sentence(kind: ProofKind, facts: dict[str, object]) -> None:
    try:
        read_proof(kind, facts, birthday=date(1990, 1, 1), day=TODAY)
    except Refusal as refusal:
        assert refusal.sentence.endswith("。")
        assert refusal.clause is not None


@given(
    years=st.decimals(0, 70, places=1),
    education=st.sampled_from(["高中", "技校", "大学本科", "别的"]),
    major=st.sampled_from(["无", "", "机械"]),
    level=st.sampled_from(Level),
)
def test_claims_alone_never_make_anybody_eligible_above_level_five(years: object, education: str, major: str, level: Level) -> None:
    claims = {"years_in_field": str(years), "education": education, "major": major, "certificate": {"level": 5, "number": "Y000031000001205000001"}}
    applicant = applicant_of(birthday=date(1970, 1, 1), condition="", claims=claims, proofs={}, held=[], day=TODAY)
    assert decide(applicant, level, TODAY).outcome != Outcome.MET


def test_the_register_takes_the_place_of_the_claim() -> None:
    claims = {"years_in_field": "4", "certificate": {"level": 5, "number": "Y000031000001205000001"}}
    held = [Registered("Y000031000001205000001", 5, date(2020, 6, 1))]
    applicant = applicant_of(birthday=None, condition="4-2", claims=claims, proofs={}, held=held, day=TODAY)
    (certificate,) = applicant.certificates
    assert (certificate.issued_on, certificate.proven) == (date(2020, 6, 1), True)


def test_what_the_reviewer_checked_takes_the_place_of_the_claimed_school() -> None:
    proof = read_proof(
        ProofKind.SCHOOLING,
        {"school": "technician_college", "school_class": "senior", "graduated_on": "2015-07-01", "major_related": "no"},
        birthday=None,
        day=TODAY,
    )
    claims = {"education": "大学本科", "major": "机械"}
    applicant = applicant_of(birthday=None, condition="", claims=claims, proofs={"schooling": proof}, held=[], day=TODAY)
    (schooling,) = applicant.schoolings
    assert (schooling.school, schooling.major_related, schooling.proven) == ("technician_college", False, True)
