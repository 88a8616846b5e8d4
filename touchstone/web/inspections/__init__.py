"""双随机抽查页: plans, draws, visits and recusals, for those who draw and those who are sent."""
