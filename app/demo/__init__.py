"""The demo: an instance of its own, with an invented organization and the history of its people."""
