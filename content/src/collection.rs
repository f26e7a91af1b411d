//! Collections that people make of resources: who sees them, and how much they hold.

/// Most collections of a person.
pub const COLLECTIONS: i64 = 200;
/// Most resources of a collection.
pub const ITEMS: i64 = 500;
/// Most proposals of a person in 24 hours.
pub const PROPOSALS_A_DAY: i64 = 30;
/// Longest name, in characters.
pub const NAME_LENGTH: usize = 200;
/// Longest description, in characters.
pub const DESCRIPTION_LENGTH: usize = 2_000;
/// Longest note on a resource, in characters.
pub const NOTE_LENGTH: usize = 500;
/// Days for which a collection that was deleted can be brought back.
pub const DAYS_TO_UNDO: i64 = 30;

/// Who sees a collection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// The one who made it.
    #[default]
    Private,
    /// Those who have a role at its institution, too.
    Institution,
    /// Everybody.
    Public,
}

impl Visibility {
    /// All of them, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Private, Self::Institution, Self::Public];

    /// Its name, as stored and as forms send it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Institution => "institution",
            Self::Public => "public",
        }
    }

    /// The visibility of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What the one who made a collection says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollectionText {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Who sees it.
    pub visibility: Visibility,
    /// Notes: id of a resource, words. Those that are not named stay as they are.
    pub notes: Vec<(String, String)>,
}

/// What is done to what is in a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemChange {
    /// A resource goes one place up.
    Up(String),
    /// A resource goes one place down.
    Down(String),
    /// A resource is taken out.
    Remove(String),
    /// A proposal is taken in.
    Accept(String),
    /// A proposal is not taken in.
    Decline(String),
}

/// What became of a resource that somebody put into a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is in.
    In,
    /// It waits for the one who made the collection.
    Proposed,
}
