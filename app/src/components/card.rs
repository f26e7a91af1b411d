//! Boxes beside a text.

use leptos::prelude::*;

/// A box with a heading.
pub fn card(class: &'static str, title: &str, content: AnyView) -> AnyView {
    view! {
        <section class=class>
            <h2 class="card__title">{title.to_owned()}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// Names and values; rows without a value are left out by the caller.
pub fn fact_list(rows: Vec<(&'static str, AnyView)>) -> AnyView {
    let row = |(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! { <dl class="fact-list">{rows.into_iter().map(row).collect_view()}</dl> }.into_any()
}
