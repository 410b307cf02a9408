"""What runs in Lambda. The import root is the repository root."""

import gc

# Starting makes up to 130,000 objects, nearly all of which stay. To look through them for garbage
# a hundred times meanwhile took a seventh of a cold start; `make bench` shows it.
gc.set_threshold(200_000)
