//! Hostile records in every format that is taken in.

use serde_json::json;
use std::path::{Path, PathBuf};

/// What a script would do if it ran.
pub const FLAG: &str = "__khue_attacked";

/// Texts that would run a script where they are not written as text.
pub const TEXTS: &[&str] = &[
    "<script>window.__khue_attacked=1</script>",
    "<img src=x onerror=window.__khue_attacked=1>",
    "\"><svg onload=window.__khue_attacked=1>",
    "</title></script><script>window.__khue_attacked=1</script>",
    "' onmouseover='window.__khue_attacked=1' autofocus onfocus='window.__khue_attacked=1",
    "<iframe srcdoc=\"<script>parent.__khue_attacked=1</script>\">",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.__khue_attacked=1>",
    "<noscript><p title=\"</noscript><img src=x onerror=window.__khue_attacked=1>\">",
    "<template><script>window.__khue_attacked=1</script></template>",
    "{{constructor.constructor('window.__khue_attacked=1')()}}",
    "\u{202e}<a href=javascript:window.__khue_attacked=1>x</a>",
    "<!--><img src=x onerror=window.__khue_attacked=1>-->",
];

/// Addresses that would run a script when followed.
pub const ADDRESSES: &[&str] = &[
    "javascript:window.__khue_attacked=1",
    "JaVaScRiPt:window.__khue_attacked=1",
    " javascript:window.__khue_attacked=1",
    "java\nscript:window.__khue_attacked=1",
    "data:text/html,<script>parent.__khue_attacked=1</script>",
    "vbscript:window.__khue_attacked=1",
    "//evil.example/x",
    "https://evil.example/\"onmouseover=\"window.__khue_attacked=1",
];

/// Words in the names, by which the records are found.
pub const WORD: &str = "tấncông";

/// Writes the records into a folder and returns it.
pub fn write(folder: &Path) -> PathBuf {
    let folder = folder.join("hostile");
    std::fs::create_dir_all(&folder).unwrap();
    let lines: Vec<String> = TEXTS
        .iter()
        .enumerate()
        .map(|(place, text)| json_record(place, text))
        .collect();
    std::fs::write(folder.join("records.jsonl"), lines.join("\n")).unwrap();
    for (place, text) in TEXTS.iter().enumerate() {
        std::fs::write(
            folder.join(format!("lesson-{place}.md")),
            markdown_record(place, text),
        )
        .unwrap();
    }
    folder
}

fn address(place: usize) -> &'static str {
    ADDRESSES[place % ADDRESSES.len()]
}

fn json_record(place: usize, text: &str) -> String {
    let link = address(place);
    let person = json!({"type": "Person", "name": text, "id": link, "url": link});
    json!({
        "identifier": format!("hostile-{place}"), "name": format!("{WORD} {place} {text}"), "description": text,
        "keywords": [text, text], "creator": [person], "publisher": [person], "inLanguage": ["vi"], "about": ["toan", text],
        "educationalLevel": ["grade-4", text], "learningResourceType": ["lesson", text], "license": "CC-BY-4.0", "url": link,
        "teaches": [text], "competencyRequired": [text], "isBasedOn": [{"name": text, "id": link, "url": link}],
        "isPartOf": [{"name": text, "id": link}], "image": link, "datePublished": "2026-01-01", "timeRequired": text,
        "accessibilityFeature": [text], "encoding": [{"name": text, "contentUrl": link, "encodingFormat": text}],
        "body": {"html": format!("<h2>{text}</h2><a href=\"{link}\">x</a><img src=\"{link}\">{text}")},
    })
    .to_string()
}

fn markdown_record(place: usize, text: &str) -> String {
    let quoted = json!(text);
    let (name, link) = (json!(format!("{WORD} m{place} {text}")), address(place));
    format!(
        "---\nname: {name}\ndescription: {quoted}\ncreator: {quoted}\nkeywords: [{quoted}]\nteaches: [{quoted}]\n\
         inLanguage: vi\nlicense: CC-BY-4.0\nurl: {}\nabout: [toan]\n---\n\n## {text}\n\n{text}\n\n\
         [a]({link}) [b](<{link}>) ![c]({link}) <{link}>\n\n[d]: {link}\n[d]\n\n```{text}\n{text}\n```\n\n$\\href{{{link}}}{{x}}$ $\\text{{{text}}}$\n",
        json!(link)
    )
}
