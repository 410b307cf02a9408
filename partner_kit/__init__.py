"""What a partner may start from: it knows the public partner API and nothing else of NotYours."""
