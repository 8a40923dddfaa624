"""Parts of an act that several acts share, each given the open transaction."""
