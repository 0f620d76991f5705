"""The review page: the scan beside its record. Imports ``store`` and the web framework only."""
