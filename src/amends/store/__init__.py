"""The journal, which is the truth; and the rows that pages and people need, which can be made anew from it."""
