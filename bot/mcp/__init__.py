"""The door of other assistants: the Model Context Protocol over the same service."""
