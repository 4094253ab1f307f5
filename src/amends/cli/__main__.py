"""`python -m amends.cli`: the same as `amends`, where no script is installed."""

from amends.cli import main

main()
