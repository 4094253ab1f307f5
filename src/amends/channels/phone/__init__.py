"""The telephone: a page on which staff write down what a customer said, and what they were told."""
