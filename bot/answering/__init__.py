"""Question and library to an answer: strategies propose, one is chosen, its claims are verified."""
