"""What a customer's custom is worth: purchases in, expected purchases, spend and value out. numpy and scipy only."""
