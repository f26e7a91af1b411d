//! What the portal answers over HTTP.

mod amb;
mod api;
mod api_around;
mod broken_requests;
mod credentials;
mod exercises;
mod files;
mod headers;
mod hostile_queries;
mod hostile_requests;
mod languages;
mod lessons_found;
mod links;
mod methods;
mod pages;
mod robots;
mod snapshots;
mod viewers;

/// Every public page but single resources, without the language's prefix.
const PAGES: &[&str] = &[
    "/",
    "/search",
    "/search?q=ph%C3%A2n%20s%E1%BB%91",
    "/search?q=zzzzqqqq",
    "/search?size=5&page=2&sort=name",
    "/browse",
    "/browse/toan",
    "/browse/level/grade-4",
    "/collections",
    "/paths",
    "/paths/tu-cap-so-den-chuyen-dong",
    "/paths/tu-cap-so-den-chuyen-dong/record",
    "/verify",
    "/plan",
    "/plan?exam=vao-10&about=toan&inLanguage=vi&examDay=2099-06-05&from=2099-04-05&minutes=45&day=2&day=4&at=19:00",
    "/about",
    "/accessibility",
    "/privacy",
    "/offline",
    "/help",
];

/// The prefixes of the languages, with their codes.
const LANGUAGES: &[(&str, &str)] = &[("", "vi"), ("/en", "en"), ("/fr", "fr")];

/// A page's address in a language.
fn in_language(prefix: &str, page: &str) -> String {
    match (prefix, page) {
        ("", page) => page.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        (prefix, page) => format!("{prefix}{page}"),
    }
}
