"""The hasher of the page against the reference: in Node by vectors, in a real browser by files."""
