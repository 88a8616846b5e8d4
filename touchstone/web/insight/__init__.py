"""领导首页、月报和各区尺度: the pages of those who direct an office."""
