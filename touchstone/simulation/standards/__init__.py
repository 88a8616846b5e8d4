"""示例标准结构: own texts in the shape of national standards, so that a newcomer has structures to look at, compare and build on.

They are examples (示例), not the texts of the standards, and are loaded as an office would load them: by a workbook, approved by a second person.
"""
