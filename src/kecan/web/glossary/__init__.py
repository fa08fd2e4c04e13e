"""The page of terms: docs/glossary.toml as users read it."""
