"""Set one crash and one sentence against the public record, and publish what is found."""
