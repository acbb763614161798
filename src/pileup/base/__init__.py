"""The ground: where files are, the one error that users see, folders put in place whole, processes."""
