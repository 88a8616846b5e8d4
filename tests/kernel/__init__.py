"""内核测试: law, rules, routes, moves, periods, numbers."""
