# Frame of the page, navigation, words used everywhere
site-name = Khuê
skip-to-content = Skip to main content
nav-main = Main
nav-footer = Footer
nav-language = Language
nav-breadcrumb = Breadcrumb
nav-home = Home
nav-search = Search
nav-browse = Browse
nav-collections = Collections
nav-help = Help
nav-about = About
nav-accessibility = Accessibility
nav-privacy = Privacy
footer-about = The open learning-resource portal for a whole school system.
theme = Appearance
theme-light = Light appearance
theme-dark = Dark appearance
theme-auto = Appearance of the system
offer-language = This page is also available in English.
offer-language-link = Read it in English
see-all = See all
copy = Copy
copied = Copied
by = By { $names }
tile-count =
    { $count ->
        [one] { $count } resource
       *[other] { $count } resources
    }
size-bytes = { $size } B
size-kilobytes = { $size } kB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB
duration-hours = { $hours } h
duration-minutes = { $minutes } min
language-vi = Vietnamese
language-en = English
language-fr = French
language-de = German
language-es = Spanish
language-pt = Portuguese
language-it = Italian
language-ru = Russian
language-zh = Chinese
language-ja = Japanese
language-ko = Korean
language-km = Khmer
language-lo = Lao
language-th = Thai
language-id = Indonesian
language-ar = Arabic
language-pl = Polish
language-nl = Dutch

not-found-title = Page not found
not-found-text = This address leads nowhere. The resource may have been withdrawn, or the address may be mistyped. Try a search, or browse by subject.
failure-title = Something went wrong
failure-text = The portal is at fault, not you. The error has been recorded. Please reload the page in a few minutes.
busy-title = The portal is busy
busy-text = Too many requests are coming in at the moment. Please try again in a few seconds.
