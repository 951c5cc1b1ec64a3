"""The clinic's side: the ledger of cases, and what is made of a case."""
