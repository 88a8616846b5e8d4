"""案例表: every rule with facts that fulfil it, that do not, and that leave it open.

Each file beside this one offers `CASES`; a new file is found by itself.
"""

import pkgutil
from importlib import import_module

from tests.policy.case import Case

ALL: list[Case] = [
    case for found in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name) for case in import_module(f"{__name__}.{found.name}").CASES
]
