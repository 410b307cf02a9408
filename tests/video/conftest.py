"""The browsers of the tests of hashing, for those of videos."""

from tests.hashing.conftest import address, chromium_page, harness, in_chromium, in_firefox

__all__ = ["address", "chromium_page", "harness", "in_chromium", "in_firefox"]
