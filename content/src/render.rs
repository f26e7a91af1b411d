//! Safe HTML from untrusted Markdown and HTML.
