//! The shapes that the AMB profile (version 20231019) asks for, as a table.
//!
//! From the specification at <https://dini-ag-kim.github.io/amb/20231019/>.

/// What a value must look like.
pub(super) enum Shape {
    /// Any text.
    Text,
    /// Yes or no, not as a text.
    Flag,
    /// An absolute URI.
    Uri,
    /// A URI with one of these beginnings.
    UriIn(&'static [&'static str]),
    /// One of these texts.
    Word(&'static [&'static str]),
    /// One of the schema.org types.
    Type,
    /// A day, or a day with a time.
    Date,
    /// An ISO 8601 duration.
    Duration,
    /// A two-letter language code.
    Language,
    /// Digits only, as a text.
    Digits,
    /// A media type.
    MediaType,
    /// A SHA-256 in hexadecimal.
    Sha256,
    /// Texts by two-letter language code.
    Localized,
    /// A list of values of one shape.
    List(&'static Shape),
    /// A list with at least one value of the second shape.
    ListWith(&'static Shape, &'static Shape),
    /// An object with these keys where present, and all of the keys in the
    /// second list; of the third list it needs one.
    Object(Keys, &'static [&'static str], &'static [&'static str]),
}

/// Keys with the shapes of their values.
pub(super) type Keys = &'static [(&'static str, Shape)];

use Shape::{
    Date, Digits, Duration, Flag, Language, List, ListWith, Localized, MediaType, Object, Sha256,
    Text, Type, Uri, UriIn, Word,
};

const CONCEPT: Shape = Object(
    &[
        ("type", Word(&["Concept"])),
        ("id", Uri),
        ("prefLabel", Localized),
    ],
    &["id"],
    &[],
);
/// Outcomes: like concepts, of any type.
const OUTCOME: Shape = Object(&[("id", Uri), ("prefLabel", Localized)], &["id"], &[]);

/// A concept whose URI has one of these beginnings.
macro_rules! concept_in {
    ($($start:literal),+) => {
        Object(
            &[("type", Word(&["Concept"])), ("id", UriIn(&[$($start),+])), ("prefLabel", Localized)],
            &["id"],
            &[],
        )
    };
}

const AFFILIATION: Shape = Object(
    &[
        ("type", Word(&["Organization"])),
        ("id", Uri),
        ("name", Text),
    ],
    &["name", "type"],
    &[],
);
const AGENT: Shape = Object(
    &[
        ("type", Word(&["Person", "Organization"])),
        ("id", Uri),
        ("name", Text),
        ("honorificPrefix", Text),
        ("affiliation", AFFILIATION),
    ],
    &["name", "type"],
    &[],
);
const FUNDER: Shape = Object(
    &[
        ("type", Word(&["Person", "FundingScheme", "Organization"])),
        ("id", Uri),
        ("name", Text),
    ],
    &["type", "name"],
    &[],
);
const PROVIDER: Shape = Object(&[("id", Uri), ("type", Text), ("name", Text)], &["id"], &[]);
const PAGE: Shape = Object(
    &[
        ("id", Uri),
        ("type", Word(&["WebContent"])),
        ("provider", PROVIDER),
        ("dateCreated", Date),
        ("dateModified", Date),
    ],
    &["id"],
    &[],
);
const LICENSE: Shape = Object(&[("id", UriIn(LICENSES))], &["id"], &[]);
const TYPE: Shape = ListWith(&Type, &Word(&["LearningResource"]));
const PART: Shape = Object(&[("id", Uri), ("type", TYPE), ("name", Text)], &["id"], &[]);
const BASE: Shape = Object(
    &[
        ("id", Uri),
        ("type", TYPE),
        ("name", Text),
        ("creator", List(&AGENT)),
        ("license", LICENSE),
        ("provider", PROVIDER),
    ],
    &["name"],
    &[],
);
const CAPTION: Shape = Object(
    &[
        ("type", Word(&["MediaObject"])),
        ("id", Uri),
        ("encodingFormat", Text),
        ("inLanguage", Language),
    ],
    &["id", "type"],
    &[],
);

/// A file of one of these types.
macro_rules! media {
    ($($kind:literal),+) => {
        Object(
            &[
                ("type", Word(&[$($kind),+])),
                ("contentUrl", Uri),
                ("embedUrl", Uri),
                ("encodingFormat", MediaType),
                ("contentSize", Digits),
                ("sha256", Sha256),
                ("bitrate", Digits),
            ],
            &["type"],
            &["contentUrl", "embedUrl"],
        )
    };
}

/// A whole record, apart from its context.
pub(super) const RECORD: Shape = Object(
    &[
        ("id", Uri),
        ("type", TYPE),
        ("name", Text),
        ("description", Text),
        ("creator", List(&AGENT)),
        ("contributor", List(&AGENT)),
        ("publisher", List(&AGENT)),
        ("funder", List(&FUNDER)),
        (
            "about",
            ListWith(
                &CONCEPT,
                &concept_in!(
                    "https://w3id.org/kim/hochschulfaechersystematik/",
                    "http://w3id.org/kim/schulfaecher/"
                ),
            ),
        ),
        (
            "learningResourceType",
            ListWith(
                &CONCEPT,
                &concept_in!(
                    "http://w3id.org/openeduhub/vocabs/new_lrt/",
                    "https://w3id.org/kim/hcrt/"
                ),
            ),
        ),
        (
            "educationalLevel",
            List(&concept_in!("https://w3id.org/kim/educationalLevel/")),
        ),
        ("audience", List(&CONCEPT)),
        (
            "conditionsOfAccess",
            concept_in!(
                "http://w3id.org/kim/conditionsOfAccess/no_login",
                "http://w3id.org/kim/conditionsOfAccess/login"
            ),
        ),
        (
            "interactivityType",
            concept_in!(
                "http://purl.org/dcx/lrmi-vocabs/interactivityType/active",
                "http://purl.org/dcx/lrmi-vocabs/interactivityType/expositive",
                "http://purl.org/dcx/lrmi-vocabs/interactivityType/mixed"
            ),
        ),
        ("teaches", List(&OUTCOME)),
        ("assesses", List(&OUTCOME)),
        ("competencyRequired", List(&OUTCOME)),
        ("license", LICENSE),
        ("isAccessibleForFree", Flag),
        ("inLanguage", List(&Language)),
        ("keywords", List(&Text)),
        ("image", Uri),
        ("dateCreated", Date),
        ("datePublished", Date),
        ("dateModified", Date),
        ("duration", Duration),
        ("isBasedOn", List(&BASE)),
        ("isPartOf", List(&PART)),
        ("hasPart", List(&PART)),
        ("mainEntityOfPage", List(&PAGE)),
        ("encoding", List(&media!("MediaObject"))),
        ("trailer", media!("VideoObject", "AudioObject")),
        ("caption", List(&CAPTION)),
    ],
    &["id", "type", "name"],
    &[],
);

/// Beginnings of the licence addresses that the profile takes, without scheme.
pub(super) const LICENSES: &[&str] = &[
    "://creativecommons.org/licenses/",
    "://creativecommons.org/licences/",
    "://creativecommons.org/publicdomain/",
    "://www.gnu.org/licenses/",
    "://www.apache.org/licenses/",
    "://opensource.org/licenses/MIT",
    "://www.opensource.org/licenses/BSD",
];

/// The schema.org types that a learning resource may have beside its own.
pub(super) const TYPES: &str = "\
    3DModel AmpStory Article Atlas AudioObject Audiobook Blog Book BookSeries Chapter Clip \
    Collection ComicStory Comment Conversation Course CreativeWorkSeason CreativeWorkSeries \
    DataDownload Diet DigitalDocument Drawing Episode ExercisePlan FAQPage Game Guide HowTo \
    ImageGallery ImageObject LearningResource LegislationObject Manuscript Map MathSolver \
    MediaGallery MediaObject Message MobileApplication Movie MovieClip MovieSeries MusicAlbum \
    MusicComposition MusicPlaylist MusicRecording MusicRelease MusicVideoObject NewsArticle \
    Painting Periodical Photograph Play PodcastEpisode PodcastSeason PodcastSeries Poster \
    PresentationDigitalDocument PublicationIssue PublicationVolume Quiz Quotation RadioClip \
    RadioEpisode RadioSeason RadioSeries Recipe Report Review ScholarlyArticle Sculpture \
    SheetMusic ShortStory SoftwareApplication SoftwareSourceCode SpreadsheetDigitalDocument \
    TVClip TVEpisode TVSeason TVSeries TextDigitalDocument Thesis VideoGallery VideoGame \
    VideoGameClip VideoGameSeries VideoObject VisualArtwork WebApplication WebContent WebPage";
