"""考场座位页面: what a candidate sees at a computer of the exam room, without a log-in of their own."""
