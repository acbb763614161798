"""`python -m pileup`: the command line, for who has no `pileup` on the path."""

from pileup.desk.cli import main

if __name__ == "__main__":
    main(prog_name="pileup")
