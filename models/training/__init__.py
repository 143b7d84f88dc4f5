"""Fine-tuning of the pair: one model a role, each on its own role's tokens only."""
