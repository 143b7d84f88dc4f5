"""Sizes that the library, its configuration and its callers must agree on."""

CONTEXT = 4096
"""Tokens a sequence may have. The cache holds them in f32; a page may ask for fewer when it loads."""

PREFILL_CHUNK = 512
"""Tokens of a prompt computed at once; it bounds the activations' memory."""

MAX_BATCH = 16
"""Sequences that one batched step may advance."""
