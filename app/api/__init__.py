"""JSON for applications: the wires of hosted services, spoken over the same services that the pages use."""
