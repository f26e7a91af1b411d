//! Formats: text ↔ record, one file each.
