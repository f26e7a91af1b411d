//! HTML cut into tags and text, as browsers do it; comments are dropped.

use super::balance::Balancer;
use super::event::{Attributes, Event};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// The balanced events of an HTML text.
pub(super) fn events(html: &str) -> Vec<Event> {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let sink = Sink(RefCell::new(Balancer::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    while !input.is_empty() {
        // Pauses only after scripts, which have no say here.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Balancer>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut balancer = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => balancer.text(&text),
            Token::TagToken(tag) => return start_or_end(&mut balancer, tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn start_or_end(balancer: &mut Balancer, tag: Tag) -> TokenSinkResult<()> {
    let name = &*tag.name;
    if tag.kind == TagKind::EndTag {
        balancer.end(name);
        return TokenSinkResult::Continue;
    }
    let attributes = tag.attrs.iter();
    let attributes = attributes.map(|a| (a.name.local.to_string(), a.value.to_string()));
    balancer.start(name, Attributes(attributes.collect()), tag.self_closing);
    match name {
        "script" | "style" | "iframe" | "noembed" | "noframes" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}
