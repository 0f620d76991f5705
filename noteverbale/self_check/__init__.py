"""What ``check`` looks at: the machine, and where replies come from."""
