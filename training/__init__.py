"""How the weights of the reader are made. Not part of the product: see README.md in this folder."""
