"""Dated editions of a report: keep what was published, compare two, and tell what changed and why."""
