//! Times as people and machines write them.

/// Milliseconds since 1970 UTC as ISO 8601, such as `2026-11-21T08:34:56Z`; the beginning of
/// 1970 for what no calendar holds.
pub fn iso(millis: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment
        .round(jiff::Unit::Second)
        .unwrap_or(moment)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::iso;

    #[test]
    fn known_moments() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(1_795_250_096_000), "2026-11-21T08:34:56Z");
        assert_eq!(iso(i64::MAX), "1970-01-01T00:00:00Z");
    }
}
