"""From a directive's file to everything that can be asked of it."""
