"""Tuning the embedded model on questions about documents that are not in the corpus (`danvan-evaluate embeddings`)."""
