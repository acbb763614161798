"""Editions: keep what was published, compare, and tell what changed and why."""
