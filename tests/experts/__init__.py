"""队伍测试: applications, training, qualification, measures, appraisal."""
