"""证书联网通道: is the earlier certificate on record in the national query, and whose is it?

Asked: `name`, `id_number`, `certificate` (the number the person gave). Answered: `{found, is_holders, level, occupation_code, issued_on, valid}`.
"""

from touchstone.exams.facts.enquiries import Asked
from touchstone.jobs.adapters.outside import Line, Unavailable, a_day, yes_or_no
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.outside import CertificateAnswer


def ask_certificate(line: Line, asked: Asked) -> CertificateAnswer:
    """This function will ask about one certificate. What stands on somebody else's is not read. :raises Unavailable: :raises Pending:"""
    told = line.asked(asked.number, asked.id_number, {"name": asked.name, "certificate": asked.certificate})
    if not yes_or_no(told.get("found")):
        return CertificateAnswer(False)
    if not yes_or_no(told.get("is_holders")):
        return CertificateAnswer(True, False)
    level, code = told.get("level"), told.get("occupation_code")
    if level not in {int(one) for one in Level} or not isinstance(code, str):
        raise Unavailable("答复的内容无法读取")
    return CertificateAnswer(True, True, int(level), code, a_day(told.get("issued_on")), yes_or_no(told.get("valid")))
