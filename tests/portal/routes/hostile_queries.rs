//! Parameters that make no sense.

use crate::harness::encode;

/// All of them.
pub fn queries() -> Vec<String> {
    let long = "a".repeat(100 * 1024);
    let marks = encode(&"ệ".repeat(8_000));
    let filters: Vec<String> = (0..500).map(|n| format!("about=x{n}")).collect();
    let known: Vec<String> = (0..500)
        .map(|_| "educationalLevel=grade-4".to_owned())
        .collect();
    let mut queries: Vec<String> = [
        "page=abc",
        "page=0",
        "page=-1",
        "page=99999999999999999999",
        "page=500&q=a",
        "size=99999999",
        "size=0",
        "size=-5",
        "sort=zzz",
        "q=%00",
        "q=a%00b",
        "q=%FF%FE",
        "q=%C3%28",
        "q=%",
        "q=%zz",
        "q=%E0%A4%A",
        "q=%ED%A0%80",
        "q=+",
        "q=%20",
        "q=%22",
        "q=%22%22",
        "q=%22a",
        "q=*",
        "q=a*",
        "q=(((",
        "q=))",
        "q=AND",
        "q=a%20AND",
        "q=NOT",
        "q=-",
        "q=--a",
        "q=-a",
        "q=name:",
        "q=:",
        "q=a:b:c",
        "q=%5B%20TO%20%5D",
        "q=a%5E9999",
        "q=a~99",
        "q=%2F.*%2F",
        "q=%5C",
        "q='%20OR%201=1--",
        "q=%E2%80%8B",
        "q=%E2%80%AE",
        "q=%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
        "q=%CC%81%CC%81%CC%81",
        "q=%EF%BF%BF",
        "from=abc",
        "from=9999-99-99",
        "to=%00",
        "from=2030&to=2020",
        "inLanguage=%00",
        "about=%FF",
        "isPartOf=%27",
        "adaptable=maybe",
        "verbatim=2",
        "lang=%00",
        "lang=xx",
        "=",
        "&&&&",
        "==&=",
        "q",
        "q[]=a",
        "q=a;b",
        "%71=a",
    ]
    .map(str::to_owned)
    .to_vec();
    queries.extend([
        format!("q={long}"),
        format!("q={marks}"),
        filters.join("&"),
        known.join("&"),
    ]);
    queries.push(format!("q={}", "a+".repeat(5_000)));
    queries.push(format!("q={}", "%22a%22+".repeat(500)));
    queries.push(
        (0..5_000)
            .map(|n| format!("x{n}=1"))
            .collect::<Vec<_>>()
            .join("&"),
    );
    queries
}
