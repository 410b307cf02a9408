"""Every way to store a picture that a person may choose, one format a module."""
