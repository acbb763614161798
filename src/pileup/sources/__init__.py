"""The only code that reads the official files; it turns them into the small tables under `data/`."""
