"""The public record as tables, and plain functions on them: counts, ranks, medians, codes year by year."""
