"""The register: units, posts, bodies, people and their dated facts."""

from __future__ import annotations
