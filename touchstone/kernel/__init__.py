"""内核: the six small things everything else is written in: law, rules, routes, moves, periods, numbers."""
