//! Captions of films and sounds: SubRip and WebVTT are read, WebVTT is written, and what is said becomes a text to read.
//!
//! WebVTT as in <https://www.w3.org/TR/webvtt1/>; SubRip has no standard, only habits.

use crate::language;

/// Pause between two cues, in milliseconds, after which a new paragraph begins.
const PAUSE: u64 = 2_500;
/// Letters after which a paragraph ends with the next sentence.
const LONG: usize = 400;

/// One line of captions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// When it appears, in milliseconds from the beginning.
    pub start: u64,
    /// When it goes.
    pub end: u64,
    /// Where it stands on the picture, in the words of WebVTT; may be empty.
    pub settings: String,
    /// What is said: plain text, lines as they were.
    pub text: String,
}

/// Reads SubRip or WebVTT; what is neither has no cues.
pub fn parse(source: &str) -> Vec<Cue> {
    let source = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let source = source.replace('\r', "\n");
    source.split("\n\n").filter_map(cue).collect()
}

fn cue(block: &str) -> Option<Cue> {
    let lines: Vec<&str> = block.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.contains("-->"))?;
    let (from, rest) = lines[at].split_once("-->")?;
    let mut rest = rest.split_whitespace();
    let (start, end) = (time(from)?, time(rest.next()?)?);
    let text: Vec<String> = lines[at + 1..].iter().map(|line| untagged(line)).collect();
    let text = text.join("\n").trim().to_owned();
    (end > start && !text.is_empty()).then(|| Cue {
        start,
        end,
        settings: rest
            .filter(|one| is_setting(one))
            .collect::<Vec<_>>()
            .join(" "),
        text,
    })
}

/// `01:02:03,456`, `02:03.456` and what is between.
fn time(stated: &str) -> Option<u64> {
    let stated = stated.trim().replace(',', ".");
    let (clock, fraction) = stated.split_once('.').unwrap_or((&stated, "0"));
    let mut seconds = 0_u64;
    let parts: Vec<&str> = clock.split(':').collect();
    if parts.len() > 3 || parts.len() < 2 {
        return None;
    }
    for part in parts {
        let number: u64 = part.parse().ok().filter(|number| *number < 100_000)?;
        seconds = seconds * 60 + number;
    }
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some(seconds * 1000 + fraction.parse::<u64>().ok()?)
}

fn is_setting(word: &str) -> bool {
    let known = ["vertical", "line", "position", "size", "align"];
    let plain = |c: char| c.is_ascii_alphanumeric() || "%.,-".contains(c);
    word.split_once(':').is_some_and(|(name, value)| {
        known.contains(&name) && !value.is_empty() && value.chars().all(plain)
    })
}

/// A line without tags such as `<i>`, `<v Lan>`, `<00:01.500>` and `{\an8}`; a sign that begins none of them stays.
fn untagged(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        plain.push_str(&rest[..at]);
        let end = match tag_begins(&rest[at..]) {
            Some(end) => rest[at..].find(end).map(|length| at + length + 1),
            None => None,
        };
        rest = match end {
            Some(end) => &rest[end..],
            None => {
                plain.push_str(&rest[at..=at]);
                &rest[at + 1..]
            }
        };
    }
    plain.push_str(rest);
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">");
    let plain = plain.replace("&nbsp;", " ").replace("&lrm;", "\u{200e}");
    let plain = plain.replace("&rlm;", "\u{200f}").replace("&amp;", "&");
    plain.trim().to_owned()
}

/// What ends the tag that a text begins with; nothing where it begins with none.
fn tag_begins(text: &str) -> Option<char> {
    let mut signs = text.chars();
    let (first, next) = (signs.next()?, signs.next()?);
    let of_markup = next.is_ascii_alphabetic() || next == '/';
    let of_time = next.is_ascii_digit() && text.get(3..4) == Some(":");
    match first {
        '<' if of_markup || of_time => Some('>'),
        '{' if next == '\\' => Some('}'),
        _ => None,
    }
}

/// The cues as WebVTT.
pub fn to_webvtt(cues: &[Cue]) -> String {
    let mut out = "WEBVTT\n".to_owned();
    for cue in cues {
        let settings = match cue.settings.as_str() {
            "" => String::new(),
            settings => format!(" {settings}"),
        };
        out.push_str(&format!(
            "\n{} --> {}{settings}\n",
            clock(cue.start),
            clock(cue.end)
        ));
        let text = cue.text.replace('&', "&amp;").replace('<', "&lt;");
        out.push_str(&text.replace('>', "&gt;"));
        out.push('\n');
    }
    out
}

fn clock(milliseconds: u64) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let (minutes, hours) = (seconds / 60 % 60, seconds / 3600);
    format!("{hours:02}:{minutes:02}:{:02}.{rest:03}", seconds % 60)
}

/// What is said, in paragraphs: a pause or a long paragraph's sentence ends one. Rolling captions that say a line
/// again while the next is spoken say it once.
pub fn transcript(cues: &[Cue]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let (mut last_end, mut last_line) = (0, "");
    for cue in cues {
        let mut ended = paragraphs
            .last()
            .is_none_or(|text| ends(text) || cue.start > last_end + PAUSE);
        last_end = cue.end;
        for line in cue.text.lines().filter(|line| !line.is_empty()) {
            if line == last_line {
                continue;
            }
            last_line = line;
            match paragraphs.last_mut() {
                Some(text) if !ended => {
                    text.push(' ');
                    text.push_str(line);
                }
                _ => paragraphs.push(line.to_owned()),
            }
            ended = false;
        }
    }
    paragraphs
}

/// Whether a paragraph is long and its last sentence is over.
fn ends(paragraph: &str) -> bool {
    paragraph.ends_with(['.', '?', '!', '…', '؟', '。']) && paragraph.chars().count() > LONG
}

/// Whether a file has captions, by its name.
pub fn is_captions(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.ends_with(".vtt") || lower.ends_with(".srt")
}

/// Whether captions belong to a film or sound by their names: `bai-1.mp4` has `bai-1.vtt` and `bai-1.vi.srt`.
pub fn belongs(media: &str, captions: &str) -> bool {
    let (media, captions) = (stem(media).to_lowercase(), stem(captions).to_lowercase());
    captions.strip_prefix(&media).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(['.', '_', '-']) && language::code(&rest[1..]).is_some()
    })
}

/// The language that the name of captions ends in: `bai-1.vi.srt` is Vietnamese.
pub fn language_of(captions: &str) -> Option<String> {
    let (_, last) = stem(captions).rsplit_once(['.', '_', '-', ' '])?;
    language::code(last).filter(|code| language::is_two_letter_code(code))
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SRT: &str = "\u{feff}1\r\n00:00:01,500 --> 00:00:03,000\r\n<i>Xin chào</i>\r\ncác em!\r\n\r\n2\r\n00:00:03,000 --> 00:00:05,25\r\n{\\an8}5 < 7 & 7 > 5\r\n\r\n3\r\nhỏng\r\n\r\n4\r\n00:01:00,000 --> 00:01:02,000\r\nHết.\r\n";

    #[test]
    fn subrip_becomes_webvtt() {
        let cues = parse(SRT);
        assert_eq!(cues.len(), 3, "{cues:?}");
        let vtt = to_webvtt(&cues);
        assert!(
            vtt.starts_with("WEBVTT\n\n00:00:01.500 --> 00:00:03.000\nXin chào\ncác em!\n"),
            "{vtt}"
        );
        assert!(
            vtt.contains("00:00:05.250\n5 &lt; 7 &amp; 7 &gt; 5\n"),
            "{vtt}"
        );
        assert_eq!(parse(&vtt), cues, "what is written is read again");
    }

    #[test]
    fn webvtt_keeps_where_it_stands_and_nothing_else() {
        let source = "WEBVTT - Bài 1\n\nNOTE không đọc\n\nSTYLE\n::cue { color: red }\n\na\n00:01.000 --> 00:02.000 line:0 align:start onload:alert(1)\n<v Lan>Chào &amp; hỏi</v>\n";
        let cues = parse(source);
        assert_eq!(cues.len(), 1);
        assert_eq!(
            (cues[0].settings.as_str(), cues[0].text.as_str()),
            ("line:0 align:start", "Chào & hỏi")
        );
    }

    #[test]
    fn what_is_said_is_a_text() {
        assert_eq!(
            transcript(&parse(SRT)),
            ["Xin chào các em! 5 < 7 & 7 > 5", "Hết."]
        );
        let rolling =
            "WEBVTT\n\n00:01.000 --> 00:02.000\nmột\n\n00:02.000 --> 00:03.000\nmột\nhai\n";
        assert_eq!(transcript(&parse(rolling)), ["một hai"].map(str::to_owned));
    }

    #[test]
    fn odd_times_and_endless_text_are_no_cues() {
        for odd in [
            "1\n00:00:09 --> 00:00:01\nngược",
            "1\n99999999999999999999:00 --> 1:00\nx",
            "-->",
            "a --> b\nc",
            "",
        ] {
            assert!(parse(odd).is_empty(), "{odd:?}");
        }
    }

    #[test]
    fn captions_are_told_by_their_names() {
        assert!(belongs("Bài 1.mp4", "bài 1.VTT".to_lowercase().as_str()));
        assert!(belongs("bai-1.mp4", "bai-1.vi.srt") && belongs("bai-1.mp4", "bai-1_en.srt"));
        assert!(!belongs("bai-1.mp4", "bai-10.srt") && !belongs("bai-1.mp4", "bai-2.vi.srt"));
        assert_eq!(language_of("bai-1.vi.srt").as_deref(), Some("vi"));
        assert_eq!(language_of("bai.srt"), None);
    }
}
