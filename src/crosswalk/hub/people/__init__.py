"""The persons of the hub and the source records that are each of them."""
