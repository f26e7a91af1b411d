//! Spans of a lesson in the gaps of a pattern, as its sentences have them.

use super::template::{Told, needs_stop};
use super::*;

impl<'a> Spans<'a> {
    /// The pattern with these spans in its slots.
    pub(in super::super) fn written(
        &self,
        pattern: &'static Pattern,
        slots: Slots<'a>,
        naming: Naming,
    ) -> Option<Filled<'a>> {
        let mut quotes = Vec::new();
        let mut fields = Fields::new();
        let long = |slot: &&str| slots.contains_key(*slot);
        let apart = naming == Naming::Apart;
        let mut named = apart;
        let mut told = Told {
            named: apart,
            quotes: apart
                || ["sentence", "exercise", "outcome", "choice", "blurb"]
                    .iter()
                    .any(long),
            left_out: false,
        };
        for (name, template) in in_order(pattern.fields(self.words.language)?) {
            let template = told.words(template);
            let (text, spans) = self.put(&template, &slots, naming, &mut named);
            fields.insert(name.clone(), text);
            for span in spans {
                let quote = self.quote(&span);
                if !quotes.contains(&quote) {
                    quotes.push(quote);
                }
            }
        }
        Some(Filled {
            pattern,
            fields,
            quotes,
            slots,
            naming,
            worded: false,
        })
    }

    /// The span that names the topic; nothing within where only “this topic” does, nothing at all
    /// where there is no such name.
    pub(super) fn topic(&self, naming: Naming) -> Option<Option<&'a str>> {
        let lesson = self.lesson;
        match naming {
            Naming::Apart => Some(None),
            _ if naming.is_short() => lesson.handle.as_deref().map(Some),
            _ => lesson.concept.as_deref().map(Some),
        }
    }

    fn put(
        &self,
        template: &str,
        chosen: &Slots<'_>,
        naming: Naming,
        named: &mut bool,
    ) -> (String, Vec<String>) {
        let mut text = String::new();
        let mut spans = Vec::new();
        let mut rest = template;
        while let Some(start) = rest.find('{') {
            let Some(end) = rest[start..].find('}').map(|at| at + start) else {
                break;
            };
            let (before, slot, after) = (&rest[..start], &rest[start + 1..end], &rest[end + 1..]);
            text.push_str(before);
            if slot == "concept" && *named && (naming.is_once() || naming == Naming::Apart) {
                let name = match naming {
                    Naming::Apart => "thisLesson",
                    _ => "thisTopic",
                };
                // “bài về bài này” is “bài này”.
                let mut lessons = LESSONS.iter();
                let kept = lessons.find_map(|words| text.strip_suffix(words).map(str::len));
                if let Some(kept) = kept.filter(|_| name == "thisLesson") {
                    text.truncate(kept);
                }
                naming::join(&mut text, &self.words.get(name), self.words.language);
            } else if let Some(span) = chosen.get(slot) {
                *named = *named || slot == "concept";
                let span = fitted(span, after);
                self.put_span(&mut text, slot, span);
                if !is_short(slot) && needs_stop(span, after) {
                    text.push('.');
                }
                spans.push(span.to_owned());
            } else {
                text.push_str(&rest[start..=end]);
            }
            rest = after;
        }
        text.push_str(rest);
        (self.words.with_roles(&text), spans)
    }

    /// A topic runs with the sentence where its article can be told, a term where it needs none;
    /// all else is quoted.
    fn put_span(&self, text: &mut String, slot: &str, span: &str) {
        let language = self.words.language;
        // A French term has its article where it is spoken about, not as a word: “sur l’ironie”.
        let about = slot == "term" && ABOUT.iter().any(|word| text.ends_with(word));
        let french = about && language == "fr" && self.same_language;
        if french && let Some(running) = naming::running(span, self.lesson, language) {
            return naming::join(text, &running, language);
        }
        let bare = matches!(slot, "term" | "quantity") && self.same_language && language != "fr";
        // A word that is spoken of as a word: “có chữ “cái tôi””.
        let spoken = bare && AS_WORDS.iter().any(|word| text.ends_with(word));
        if spoken {
            let low = naming::lowered(span, &self.lesson.written);
            let written = naming::stands(&self.lesson.written, &low) > 0;
            let shown = if written { low.as_str() } else { span };
            return text.push_str(&self.words.quoted(shown));
        }
        match self.running.get(span).filter(|_| slot == "concept") {
            Some(running) => naming::join(text, running, language),
            None if bare => {
                naming::join(text, &naming::lowered(span, &self.lesson.written), language);
            }
            None => text.push_str(&self.words.quoted(span)),
        }
    }
}
