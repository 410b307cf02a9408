"""Tests, by what they need: nothing, the synthesized template, the running system."""

import os

# Powertools reads these when a function is imported, which is before any fixture.
os.environ.update(POWERTOOLS_METRICS_NAMESPACE="NotYours", POWERTOOLS_SERVICE_NAME="test")
