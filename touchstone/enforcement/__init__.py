"""机构违纪违规案件: a case about a body, from the finding it rests on to its sealed archive (`通知 三(四)1-2`)."""
