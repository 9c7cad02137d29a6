"""What the service counts, for Prometheus: one truth over its processes, no question and no person in it."""
