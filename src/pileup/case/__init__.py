"""What an editor writes: the case and the law, their models, their rules, and how terms add up."""
