//! What pages weigh until they are shown, beside those of Kolibri in the same run.

use super::kolibri::Kolibri;
use super::pages;
use crate::browser::{Scripts, Visitor};
use crate::harness::TestPortal;
use std::time::Duration;

/// How long nothing more may come until a page is taken for whole, in steps of a quarter of a second.
const QUIET: usize = 12;
/// Bytes over the network as the browser counts them, with headers, and how many answers they came in: the page, then all else.
const BYTES: &str = "
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const of = (kinds) => all.filter((one) => kinds.includes(one.initiatorType)).reduce((sum, one) => sum + one.transferSize, 0);
    const total = all.reduce((sum, one) => sum + one.transferSize, 0);
    return [total, of(['navigation']), all.length];";

/// What a page weighs: bytes of all, bytes of the page itself, answers.
async fn weight(address: &str) -> Option<[u64; 3]> {
    // A browser of its own for each page: nothing is in its cache.
    let visitor = Visitor::come(Scripts::On).await?;
    visitor.client.goto(address).await.unwrap();
    let (mut last, mut quiet) = ([0; 3], 0);
    while quiet < QUIET {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let now = visitor.script(BYTES).await;
        let now = [0, 1, 2].map(|at| now[at].as_u64().unwrap_or_default());
        quiet = if now == last { quiet + 1 } else { 0 };
        last = now;
    }
    visitor.leave_whatever_was_said().await;
    Some(last)
}

fn kib(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1024.0)
}

async fn row(portal: &str, name: &str, address: &str) -> Option<()> {
    let [total, page, answers] = weight(address).await?;
    println!(
        "| {portal} | {name} | {} | {} | {answers} |",
        kib(total),
        kib(page)
    );
    Some(())
}

#[tokio::test]
#[ignore = "takes figures; run with `cargo full-test what_pages_weigh --run-ignored all --no-capture`"]
async fn what_pages_weigh_beside_kolibri() {
    let portal = TestPortal::shared();
    println!("| portal | page | KiB in all | KiB of HTML | answers |");
    println!("|---|---|---|---|---|");
    for (name, path) in pages(&portal) {
        if row("Khuê", name, &format!("{}{path}", portal.origin))
            .await
            .is_none()
        {
            return;
        }
    }
    let Some(kolibri) = Kolibri::start() else {
        return;
    };
    for (name, path) in kolibri.pages() {
        row("Kolibri", name, &format!("{}{path}", kolibri.origin)).await;
    }
}
