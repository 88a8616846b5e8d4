"""质量监管与机构违纪违规处理: who supervises whom, what is looked at and how often, what follows from what is found, and by which steps?"""
