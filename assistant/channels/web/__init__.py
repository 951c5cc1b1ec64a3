"""The web page, its sessions and its limits."""
