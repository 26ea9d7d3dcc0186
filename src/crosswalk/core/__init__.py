"""What the programme decides: a pure library without clock, network, web or tables of its own."""
