"""The wire of Streambird, which is called MoonKey by now."""
