"""Copies of everything an instance holds: consistent, encrypted, checked on return."""
