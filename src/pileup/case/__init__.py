"""What an editor writes: the case and the law, the rules that both must keep, and how terms add up."""
