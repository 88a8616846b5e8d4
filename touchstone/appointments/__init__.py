"""特级技师、首席技师评聘: an enterprise appoints to a post; nobody is examined."""
