"""Stands in for CloudFront, and for nothing else: one origin for the page and the API."""
