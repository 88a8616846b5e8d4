"""评价机构: do registering, venues, rooms, staff and site codes keep to the rules?"""
