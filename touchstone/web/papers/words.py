"""题型名称: how are kinds of question called in lists?"""

from datetime import date

from touchstone.policy.questions.kinds import KINDS

KIND_CHOICES = [(one.key, one.label) for one in KINDS.on(date(2026, 1, 1)).value]
