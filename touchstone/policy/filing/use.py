"""备案使用: what must be there besides a filing in force before an evaluation may be planned?"""

from datetime import date

from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE


@rule("已有六位站点序列码")
def site_code_assigned(site_code: str | None, day: date) -> Finding:
    """Whether 市职鉴中心 has assigned the six-place code, without which no certificate can be numbered."""
    clause = CERTIFICATE_NUMBER_RULE.clause("第8至13位")
    if not site_code:
        return unmet("市职鉴中心尚未签收备案结果、赋予站点序列码，证书无法编号", clause)
    return met(f"站点序列码{site_code}", clause)
