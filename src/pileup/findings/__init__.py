"""Every number that a report prints: declared with its inputs, made once, recorded with what it rests on."""
