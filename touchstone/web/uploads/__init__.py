"""证书数据页: batches and rows of certificate data, for the body that reports and for the office that reviews."""
