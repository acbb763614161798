"""How anything is said: numbers, days and texts that know their origin, in the language of the report."""
