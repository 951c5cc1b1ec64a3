"""The pages for clinicians, under /clinic."""
