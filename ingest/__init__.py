"""Where replies come from: mailboxes, folders, single files."""
