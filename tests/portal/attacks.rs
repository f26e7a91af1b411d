//! Records that try to run a script in a reader's browser.

mod in_browser;
mod in_markup;
mod records;
