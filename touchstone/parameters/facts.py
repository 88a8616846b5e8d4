"""参数事实: which later values has the office laid down, as the law reads them?

The rules are plain Python and know no database: the doors hand them the office's values, at the start of every request
and every job. A value never takes effect before the day after its approval, so that none can come too late.
"""

from typing import Any

from touchstone.kernel.law import Value, named_values, read_later_values_from
from touchstone.parameters.models import ParameterVersion
from touchstone.policy.documents import NOTICE_2024


def later_values() -> dict[str, tuple[Value[Any], ...]]:
    """This function will give every approved value by key, in order of its first day, citing `通知 四(三)`."""
    approved = list(ParameterVersion.objects.filter(approved=True).order_by("since"))
    meanings = {dated.key: dated.meaning for dated in named_values() if dated.changeable} if approved else {}
    found: dict[str, list[Value[Any]]] = {}
    for version in approved:
        if version.key not in meanings:
            continue  # of a rule that is no longer, or that no longer may be changed
        label = f"四(三) 参数“{meanings[version.key]}” {version.document}".strip()
        value = tuple(version.value) if isinstance(version.value, list) else version.value
        found.setdefault(version.key, []).append(Value(version.since, value, NOTICE_2024.clause(label)))
    return {key: tuple(values) for key, values in found.items()}


def apply_later_values() -> None:
    """This function will let the rules of this process read the office's values as they stand now (one query)."""
    values = later_values()
    read_later_values_from(lambda key: values.get(key, ()))
