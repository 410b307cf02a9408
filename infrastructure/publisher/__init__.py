"""The function that puts the built page into its bucket while the stack is deployed."""
