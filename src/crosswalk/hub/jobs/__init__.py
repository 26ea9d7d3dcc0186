"""Work that goes on by itself: put in line with what it serves, tried again, and told in words when it failed."""
