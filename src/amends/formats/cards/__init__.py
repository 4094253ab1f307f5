"""The thank-you card: what stands on it, the twig that adorns it, and the card as a PDF."""

from amends.formats.cards.card import LONGEST_LINE, Card, fit
from amends.formats.cards.pdf import CannotDraw, card_pdf
from amends.formats.cards.twig import Twig, twig

__all__ = ["LONGEST_LINE", "CannotDraw", "Card", "Twig", "card_pdf", "fit", "twig"]
