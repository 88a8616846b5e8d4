"""评价档案页面: the archives of evaluations, for the bodies that keep them and the offices on whose ground they are kept."""
