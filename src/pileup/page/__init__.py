"""Blocks become a page and its files, and the guard looks at them before any reader does."""
