"""One report or many, each whole or not at all, and nothing made twice that has not changed."""
