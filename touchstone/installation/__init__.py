"""安装实例: where does this clone keep its data, and how does its own database run? Knows neither Django nor settings."""
