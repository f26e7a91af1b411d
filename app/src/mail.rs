//! Messages that people get by mail: the same words as text and as simple HTML, in their language.

use khue_content::escape::escape;
use khue_content::mail::is_urgent;

use crate::Language;
use crate::pages::submission::notice_path;
use crate::submissions::NoticeView;
use crate::texts::{Texts, texts};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its subject: nothing in it is anybody's secret.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Where messages come from.
#[derive(Clone, Copy, Debug)]
pub struct Portal<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address, without a closing slash.
    pub origin: &'a str,
}

/// A part of a message.
enum Part {
    Words(String),
    /// Words that lead to an address.
    Link(String, String),
}

fn letter(language: Language, subject: String, parts: &[Part]) -> Letter {
    let lines = parts.iter().map(|part| match part {
        Part::Words(words) => words.clone(),
        Part::Link(words, address) => format!("{words}\n{address}"),
    });
    let text = lines.collect::<Vec<_>>().join("\n\n");
    let mut html = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>",
        language.code()
    );
    escape(&subject, &mut html);
    html.push_str("</title></head><body style=\"font:16px/1.5 sans-serif;max-width:36em\">");
    for part in parts {
        html.push_str("<p>");
        match part {
            Part::Words(words) => escape(words, &mut html),
            Part::Link(words, address) => {
                html.push_str("<a href=\"");
                escape(address, &mut html);
                html.push_str("\">");
                escape(words, &mut html);
                html.push_str("</a>");
            }
        }
        html.push_str("</p>\n");
    }
    html.push_str("</body></html>\n");
    Letter {
        subject: one_line(&subject),
        text: format!("{text}\n"),
        html,
    }
}

/// A header has one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn named(t: &Texts, key: &str, portal: Portal<'_>) -> String {
    t.fill(key, &[("portal", portal.name.into())])
}

/// What happened, with the way to each; `unsubscribe` is the page where no more is wanted.
pub fn digest(
    portal: Portal<'_>,
    language: Language,
    notices: &[NoticeView],
    unsubscribe: &str,
) -> Letter {
    let t = texts(language);
    let urgent = notices.iter().any(|notice| is_urgent(&notice.kind));
    let subject = match urgent {
        true => named(t, "mail-digest-urgent", portal),
        false => t.fill(
            "mail-digest-subject",
            &[
                ("portal", portal.name.into()),
                ("count", notices.len().into()),
            ],
        ),
    };
    let at = |path: &str| format!("{}{}", portal.origin, language.link(path));
    let mut parts = vec![Part::Words(named(t, "mail-digest-lead", portal))];
    for notice in notices {
        let what = t.find(&format!("event-{}", notice.kind)).unwrap_or("…");
        let words = match notice.name.as_str() {
            "" => what.to_owned(),
            name => format!("{what}: {}", one_line(name)),
        };
        parts.push(Part::Link(words, at(&notice_path(&notice.object))));
    }
    parts.push(Part::Link(
        t.text("notices-title").to_owned(),
        at("/notices"),
    ));
    parts.push(Part::Link(
        t.text("mail-settings").to_owned(),
        at("/account/mail"),
    ));
    parts.push(Part::Link(
        t.text("mail-unsubscribe").to_owned(),
        unsubscribe.to_owned(),
    ));
    letter(language, subject, &parts)
}

/// A message with one link that works for a while; `key` names its texts.
fn with_link(portal: Portal<'_>, language: Language, key: &str, path: &str) -> Letter {
    let t = texts(language);
    let address = format!("{}{}", portal.origin, language.link(path));
    let text = |part: &str| named(t, &format!("mail-{key}-{part}"), portal);
    let parts = [
        Part::Words(text("lead")),
        Part::Link(text("link"), address),
        Part::Words(text("else")),
    ];
    letter(language, text("subject"), &parts)
}

/// The link by which somebody shows that an address is theirs.
pub fn confirmation(portal: Portal<'_>, language: Language, token: &str) -> Letter {
    let path = format!("/account/confirm?token={token}");
    with_link(portal, language, "confirm", &path)
}

/// The link by which somebody chooses another passphrase.
pub fn reset(portal: Portal<'_>, language: Language, token: &str) -> Letter {
    with_link(portal, language, "reset", &format!("/reset?token={token}"))
}

/// The link by which somebody accepts a role.
pub fn invitation(portal: Portal<'_>, language: Language, token: &str) -> Letter {
    let path = format!("/invitation?token={token}");
    with_link(portal, language, "invitation", &path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTAL: Portal<'_> = Portal {
        name: "Khuê",
        origin: "https://khue.example.vn",
    };

    fn notice(kind: &str, object: &str, name: &str) -> NoticeView {
        NoticeView {
            id: 1,
            at: "2026-11-28T08:00:00Z".to_owned(),
            kind: kind.to_owned(),
            object: object.to_owned(),
            name: name.to_owned(),
            new: true,
        }
    }

    #[test]
    fn a_digest_says_what_and_where_and_its_subject_nothing_private() {
        let secret = "Đề thi <b>mật</b>\r\nBcc: x@y.z";
        let notices = [notice("accept", "HL-2026-000001", secret)];
        for language in Language::ALL {
            let letter = digest(
                PORTAL,
                language,
                &notices,
                "https://khue.example.vn/unsubscribe?token=t",
            );
            assert!(letter.subject.contains("Khuê") && letter.subject.contains('1'));
            assert!(!letter.subject.contains("mật") && !letter.subject.contains('\n'));
            assert!(
                letter.text.contains("Đề thi <b>mật</b> Bcc: x@y.z\n"),
                "{}",
                letter.text
            );
            assert!(letter.html.contains("&lt;b&gt;") && !letter.html.contains("<b>"));
            let way = format!(
                "https://khue.example.vn{}",
                language.link("/submissions/HL-2026-000001")
            );
            assert!(letter.text.contains(&way) && letter.html.contains(&way));
            assert!(letter.text.contains("/unsubscribe?token=t"));
            assert!(
                !letter.text.contains('⟨') && !letter.text.contains('…'),
                "{}",
                letter.text
            );
        }
    }

    #[test]
    fn every_message_has_its_words_in_every_language() {
        for language in Language::ALL {
            for letter in [
                confirmation(PORTAL, language, "t"),
                reset(PORTAL, language, "t"),
                invitation(PORTAL, language, "t"),
                digest(
                    PORTAL,
                    language,
                    &[notice("report-safety", "report:PA-2026-000001", "x")],
                    "u",
                ),
            ] {
                assert!(
                    !letter.text.contains('⟨') && !letter.subject.contains('⟨'),
                    "{letter:?}"
                );
                assert!(
                    letter
                        .html
                        .contains(&format!("lang=\"{}\"", language.code()))
                );
            }
        }
    }
}
