"""打印: how does a frozen record become paper?

Each module defines the record of one document and gives A4 PDF bytes: the same record, the same bytes.
"""
