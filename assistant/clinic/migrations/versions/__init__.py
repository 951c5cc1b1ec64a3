"""The ledger's migrations, one file a step, each forwards and back."""
