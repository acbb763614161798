"""The only code that reads official files; it makes the tables of `data/` out of them."""
