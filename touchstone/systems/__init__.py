"""机构系统: by which keys do bodies' own systems report, and what did each request come to?"""
