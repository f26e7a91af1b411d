//! When the first results are seen on a slow line.

use crate::browser::{Scripts, Visitor};
use serde_json::json;

/// Bytes a second of the line, and milliseconds until each answer.
const LINES: [(u32, u32); 2] = [(50_000, 2_000), (50_000, 400)];

/// When something was shown first, in milliseconds.
const SHOWN: &str = "
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return document.querySelector('.result-card__title') && paint ? Math.round(paint.startTime) : null;";

#[tokio::test]
#[ignore = "takes figures; run with `cargo full-test what_a_slow_line_shows --run-ignored all --no-capture`"]
async fn what_a_slow_line_shows_first() {
    for (throughput, latency) in LINES {
        // A browser of its own for each line: nothing is in its cache.
        let Some(visitor) = Visitor::come(Scripts::On).await else {
            return;
        };
        visitor.set_width(390);
        visitor.devtools("Network.enable", json!({}));
        let line = json!({ "offline": false, "latency": latency, "downloadThroughput": throughput, "uploadThroughput": throughput });
        visitor.devtools("Network.emulateNetworkConditions", line);
        visitor.arrive("/search?q=to%C3%A1n").await;
        let shown = visitor.script(SHOWN).await;
        assert!(shown.is_number(), "no result is shown");
        println!(
            "{throughput} bytes a second, {latency} ms until each answer: results are shown after {shown} ms"
        );
        visitor.leave_whatever_was_said().await;
    }
}
