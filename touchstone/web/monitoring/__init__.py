"""比对与预警页: the rules of the comparison, its runs, and the cases that came of them, for the offices, the bodies and the operators."""
