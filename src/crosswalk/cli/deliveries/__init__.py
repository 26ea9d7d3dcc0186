"""Taking a delivery in: read and checked aside, kept waiting where somebody decides, laid over what holds."""

from crosswalk.cli.deliveries.taking_in import bring_up_to_date, let_in, take_in
from crosswalk.cli.deliveries.wish import Wish

__all__ = ["Wish", "bring_up_to_date", "let_in", "take_in"]
