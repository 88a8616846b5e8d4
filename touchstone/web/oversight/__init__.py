"""资料与监控页: the pages on which offices call for records, watch sittings, run campaigns, and bodies answer and trace back."""
