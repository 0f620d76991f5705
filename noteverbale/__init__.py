"""Command line, configuration, pipeline and service."""
