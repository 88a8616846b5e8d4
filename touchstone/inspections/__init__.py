"""双随机抽查: what is inspected by chance this year, who is drawn, who is sent, and how anybody checks the draw."""
