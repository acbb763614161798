"""The only code that reads official files: it fetches and checks them, and makes the tables of `data/`."""
