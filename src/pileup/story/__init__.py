"""What a reader sees, as blocks that name the numbers they rest on: texts, charts and tables.

Nothing is imported here, so that the page, which needs only `blocks`, does not load pandas.
"""
