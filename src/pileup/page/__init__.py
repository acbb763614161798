"""Blocks become a page and its files; the guard looks at them before anybody else does."""
