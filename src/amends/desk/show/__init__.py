"""From what `amends.insight` read to what a template is given: words, states and links, nothing looked up."""
