"""A seeded generator of invented districts and provinces.

Size S is the district of the demonstration (:mod:`kecan.sample.district`), M a
province of 60 plans and L a country (:mod:`kecan.sample.rounds`).
"""

from __future__ import annotations
