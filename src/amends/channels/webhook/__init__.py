"""The webhook: programs of the house are told what happens in cases, signed, in order, and not led elsewhere."""
