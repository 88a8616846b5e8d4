"""特级技师、首席技师评聘: who appoints to the two posts above level 1, whom, by which review, and for how long?"""
