"""The story: every number, sentence, chart and table that a reader will see.

Nothing is imported here, so that the page, which needs only `blocks`, does not load pandas.
"""
