"""The library behind the handlers: a pure domain, one store, one edge."""
