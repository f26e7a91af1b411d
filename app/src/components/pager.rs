//! Pages of results.

use khue_content::search::{MAX_PAGE, SearchPage, SearchParams};
use leptos::prelude::*;

use crate::reader::Reader;
use crate::wording;

/// The last page that can be asked for.
pub fn last_page(page: &SearchPage) -> usize {
    page.total.div_ceil(page.size.max(1)).clamp(1, MAX_PAGE)
}

/// Links to the pages of results around this one; nothing where one page is all.
pub fn pager(reader: &Reader, params: &SearchParams, page: &SearchPage) -> Option<AnyView> {
    let link = |target: usize| reader.search_link(&params.on_page(target));
    pages_nav(reader, page.page, last_page(page), &link)
}

/// Links to the pages around one of a list; nothing where one page is all.
pub fn pages_nav(
    reader: &Reader,
    now: usize,
    last: usize,
    link: &dyn Fn(usize) -> String,
) -> Option<AnyView> {
    let t = reader.texts();
    if last < 2 {
        return None;
    }
    let previous = (now > 1).then(
        || view! { <li><a rel="prev" href=link(now - 1)>{t.text("pager-previous")}</a></li> },
    );
    let next = (now < last)
        .then(|| view! { <li><a rel="next" href=link(now + 1)>{t.text("pager-next")}</a></li> });
    let entry = |target: Option<usize>| match target {
        None => view! { <li class="pager__gap" aria-hidden="true">"…"</li> }.into_any(),
        Some(target) => {
            let number = wording::number(reader.language, target);
            let current = (target == now).then_some("page");
            view! {
                <li>
                    <a href=link(target) aria-current=current>
                        <span class="visually-hidden">{t.text("pager-page")} " "</span>{number}
                    </a>
                </li>
            }
            .into_any()
        }
    };
    let view = view! {
        <nav class="pager" aria-label=t.text("pager")>
            <ol>{previous}{around(now, last).into_iter().map(entry).collect_view()}{next}</ol>
        </nav>
    };
    Some(view.into_any())
}

/// The first page, those around this one and the last; `None` is a gap.
fn around(now: usize, last: usize) -> Vec<Option<usize>> {
    let mut pages = Vec::new();
    for page in 1..=last {
        let near = page.abs_diff(now) <= 2;
        if near || page == 1 || page == last {
            pages.push(Some(page));
        } else if pages.last().is_some_and(Option::is_some) {
            pages.push(None);
        }
    }
    pages
}
