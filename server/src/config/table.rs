//! The list of settings.

/// What a setting's value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line of text; empty means not set.
    Text,
    /// A text that may hold a password: shown without it.
    Secret,
    /// A key: never shown.
    Key,
    /// A whole number.
    Number,
    /// Seconds, possibly with a fraction.
    Seconds,
    /// Texts; between commas in the environment.
    List,
    /// Tables; as TOML in the environment.
    Tables,
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its place in the file, such as `limits.connections`.
    pub key: &'static str,
    /// What its value looks like.
    pub kind: Kind,
    /// The default, as TOML.
    pub default: &'static str,
    /// What it does, for people.
    pub about: &'static str,
}

impl Setting {
    /// The variable of the environment that sets it.
    pub fn variable(&self) -> String {
        format!("KHUE_{}", self.key.replace('.', "_").to_uppercase())
    }

    /// The group in the file, empty at the top, and the name within it.
    pub fn place(&self) -> (&'static str, &'static str) {
        self.key.split_once('.').unwrap_or(("", self.key))
    }
}

const fn row(key: &'static str, kind: Kind, default: &'static str, about: &'static str) -> Setting {
    Setting {
        key,
        kind,
        default,
        about,
    }
}

/// Every setting, in the order in which they are shown.
#[rustfmt::skip]
pub const SETTINGS: &[Setting] = &[
    row("listen", Kind::Text, "\"127.0.0.1:3000\"", "Address and port to answer on. 0.0.0.0:3000 answers the whole network."),
    row("data", Kind::Text, "\"khue-data\"", "Folder of the database, the search index and the files; made where there is none."),
    row("database", Kind::Secret, "\"\"", "Database elsewhere: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME. Empty: SQLite in the data folder."),
    row("base_url", Kind::Text, "\"\"", "Where readers reach the portal, such as https://khue.example.vn: for sitemaps, citations and data. Empty: relative addresses."),
    row("site", Kind::Text, "\"\"", "Folder of the built style and scripts. Empty: looked for beside the program, then in ./site and ./target/site."),
    row("models", Kind::Text, "\"\"", "Folder of the models that suggest tags. Empty: models in ~/.cache/khue (or KHUE_CACHE), shared by all portals of a person."),
    row("models_from", Kind::Text, "\"\"", "Folder from which models are taken before any network is asked: their files, or the packages that carry them."),
    row("models_hub", Kind::Text, "\"https://huggingface.co\"", "Model hub that is asked last, or a web server that has the files by their names. Empty: none is asked."),
    row("name", Kind::Text, "\"Khuê\"", "Name of the portal in the description of its API."),
    row("contact", Kind::Text, "\"\"", "Mail or web address for questions, shown in the description of the API."),
    row("trusted_proxies", Kind::List, "[\"127.0.0.0/8\", \"::1/128\"]", "Networks of reverse proxies whose X-Forwarded-For is believed. They have no limits of their own."),
    row("people.key", Kind::Key, "\"\"", "64 hexadecimal digits that seal the secrets of second factors in the database, such as `openssl rand -hex 32` prints; keep it apart from the backups. Empty: they are stored as they are."),
    row("people.comments", Kind::Text, "\"before\"", "before: a comment on a resource is seen once a moderator has shown it; after: it is seen at once and looked at afterwards."),
    row("people.providers", Kind::Tables, "[]", "Providers of OpenID Connect that people may sign in with, one [[people.providers]] each with key, name, issuer, client_id, secret_env or secret_file, scopes; docs/sign-in.md explains them. They need base_url."),
    row("mail.server", Kind::Secret, "\"\"", "Server that takes mail: smtp://USER:PASSWORD@HOST:587 (with STARTTLS), smtps://USER:PASSWORD@HOST (TLS at once), or smtp://127.0.0.1:25 on this machine. Empty: no mail is sent."),
    row("mail.from", Kind::Text, "\"\"", "Who mail is from, such as Khuê <khue@example.vn>."),
    row("mail.time_zone", Kind::Text, "\"Asia/Ho_Chi_Minh\"", "Time zone of quiet hours and of the morning in which the mail of a day is sent."),
    row("storage.bucket", Kind::Text, "\"\"", "Bucket of S3-compatible storage that keeps uploaded files; docs/storage.md explains it. Empty: they are kept in the data folder."),
    row("storage.endpoint", Kind::Text, "\"\"", "Address of that storage, such as https://s3.example.vn. Empty: that of Amazon in storage.region."),
    row("storage.region", Kind::Text, "\"us-east-1\"", "Region of the bucket; most storages of one's own take any."),
    row("storage.prefix", Kind::Text, "\"\"", "What the keys of all files begin with, such as khue/, where others use the bucket too."),
    row("storage.access_key", Kind::Key, "\"\"", "Identifier of the key that may read, write, list and delete in the bucket."),
    row("storage.secret_key", Kind::Key, "\"\"", "The key itself. Better set by the environment than in a file that others read."),
    row("storage.addresses", Kind::Text, "\"path\"", "path: the bucket is named in the path of addresses; host: in the host name."),
    row("storage.near_bytes", Kind::Number, "10737418240", "Most bytes of copies of what the bucket keeps, in the folder near of the data folder."),
    row("uploads.file_bytes", Kind::Number, "2147483648", "Largest file that browsers with scripts send, in pieces that go on where a line broke. The form without scripts has limits.upload_bytes."),
    row("uploads.unfinished", Kind::Number, "20", "Most files of a person that are on their way at a time. What nobody goes on with for a day is removed."),
    row("uploads.unfinished_bytes", Kind::Number, "4294967296", "Most bytes that these files may have together; at least uploads.file_bytes."),
    row("search.past_queries_from", Kind::Number, "5", "People who must have made the same search on one day before it is suggested to others; 0 to suggest none."),
    row("log.format", Kind::Text, "\"text\"", "text for people, json for machines."),
    row("log.level", Kind::Text, "\"info\"", "error, warn, info, debug, trace, or a filter such as info,khue_index=debug."),
    row("meaning.search", Kind::Text, "\"on\"", "on: search by meaning too, where an encoder is there (`khue models`); off: by words alone."),
    row("meaning.passages", Kind::Number, "8", "Most passages of a resource that get a vector, its beginning first. More find more in long texts, and take longer to make."),
    row("packs.resources", Kind::Number, "20000", "Most resources of a school pack that the portal makes by itself, for browsers without a network; 0 to make none."),
    row("packages.listen", Kind::Text, "\"auto\"", "Address and port where H5P, SCORM and web packages run, apart from the portal. auto: a port of this machine, where only this machine reaches the portal; off: packages are offered as downloads."),
    row("packages.origin", Kind::Text, "\"\"", "Where readers reach packages.listen, such as https://packages.khue.example.vn: a host name of its own, never the portal's. Empty: the address of packages.listen, where that is on this machine."),
    row("packages.h5p", Kind::Text, "\"\"", "Folder of a player for H5P (the dist folder of h5p-standalone); it is not part of the portal. Empty: H5P packages are offered as downloads."),
    row("limits.connections", Kind::Number, "4096", "Most connections at a time."),
    row("limits.connections_per_address", Kind::Number, "128", "Most connections at a time from one address (for IPv6 from one /64)."),
    row("limits.first_byte", Kind::Seconds, "10", "Seconds that a new connection may stay silent."),
    row("limits.header", Kind::Seconds, "10", "Seconds that the head of a request may take to arrive."),
    row("limits.idle", Kind::Seconds, "60", "Seconds that a connection may rest between two requests."),
    row("limits.request", Kind::Seconds, "30", "Seconds that an answer may take to begin."),
    row("limits.stall", Kind::Seconds, "30", "Seconds that a reader may take nothing of an answer."),
    row("limits.stop", Kind::Seconds, "20", "Seconds that running answers are given when the portal is told to stop."),
    row("limits.body_bytes", Kind::Number, "1048576", "Largest body of a request."),
    row("limits.upload_bytes", Kind::Number, "104857600", "Largest body of a request that brings the text of a submission, or its files by the form without scripts."),
    row("limits.requests_per_second", Kind::Number, "50", "Requests per second and address in the long run; 0 for no limit."),
    row("limits.burst", Kind::Number, "300", "Requests that an address may make at once before that."),
];

/// The setting with this key.
pub fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// The word most like this one, if any is.
pub(super) fn nearest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |known: &'a str| (strsim::jaro_winkler(word, known), known);
    let best = among.map(likeness).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.7).then_some(best.1)
}
