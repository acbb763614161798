"""The story: every number, sentence, chart and table that a reader will see."""

from pileup.story.report import Report, start

__all__ = ["Report", "start"]
