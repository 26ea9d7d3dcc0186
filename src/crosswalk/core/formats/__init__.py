"""Bytes to records and back, driven by the layouts in `policy/`: results and problems come together."""
