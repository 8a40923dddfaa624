"""The wire of Stytch's server clients."""
