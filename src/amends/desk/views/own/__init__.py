"""The customer's own page: where their complaint stands, and everything that they can say to it.

The signed link alone lets them in. Looking never changes anything, because the scanners of mail programs look, too;
every change is a POST to the address of its step, and leads back to the page.
"""
