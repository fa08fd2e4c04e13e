"""Accounts, the roles they hold, signing in and out."""

from __future__ import annotations
