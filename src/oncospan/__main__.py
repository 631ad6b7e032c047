"""`python -m oncospan`."""

from oncospan.cli import main

main()
