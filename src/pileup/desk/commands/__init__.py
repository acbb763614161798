"""The commands, a file for each kind of work; `pileup.desk.cli` puts them under one name."""
