"""Who may sign in at the pages for clinicians, and who looked at what."""
