"""What the unattended service remembers: polls, attempts, drafts, digests."""
