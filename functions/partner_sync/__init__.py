"""What partners fetch and send, and how changes reach them."""
