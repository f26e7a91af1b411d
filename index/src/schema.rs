//! The fields of the index.
//!
//! Three families of keys (exact, folded, stem) over two zones (`name`, `all`),
//! pairs on the name, folded keys on what curators wrote. `all` holds name,
//! keywords, description and body, with positions. Facets are one column: the
//! tuple of all facet values of a document, so that counting is one increment a
//! document whatever the number of facets.

use crate::tokenizer::{Family, KhueTokenizer};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

/// Rises when fields or keys change: an index of another version is built again.
pub const INDEX_VERSION: u32 = 5;

/// Handles of all fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub id: Field,
    pub card: Field,
    pub text: Field,
    pub name_exact: Field,
    pub name_folded: Field,
    pub name_stem: Field,
    pub name_pair: Field,
    pub keys_folded: Field,
    pub all_exact: Field,
    pub all_folded: Field,
    pub all_stem: Field,
    pub named: Field,
    pub part_of: Field,
    pub aligned: Field,
    pub facets: Field,
    pub sort_name: Field,
    pub recency: Field,
    pub day: Field,
    pub quality: Field,
    pub print_a: Field,
    pub print_b: Field,
    pub meaning: Field,
    pub length: Field,
}

/// Names of the columns that are read by name.
pub(crate) mod column {
    pub const FACETS: &str = "facets";
    pub const SORT_NAME: &str = "sort_name";
    pub const RECENCY: &str = "recency";
    pub const DAY: &str = "day";
    pub const QUALITY: &str = "quality";
    pub const PRINT_A: &str = "print_a";
    pub const PRINT_B: &str = "print_b";
    pub const MEANING: &str = "meaning";
    pub const LENGTH: &str = "length";
}

/// The schema and its handles.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED),
        card: builder.add_bytes_field("card", STORED),
        text: builder.add_text_field("text", STORED),
        name_exact: keys(&mut builder, "name_exact", Some(Family::Exact), false),
        name_folded: keys(&mut builder, "name_folded", Some(Family::Folded), false),
        name_stem: keys(&mut builder, "name_stem", None, false),
        name_pair: keys(&mut builder, "name_pair", Some(Family::Pair), false),
        keys_folded: keys(&mut builder, "keys_folded", Some(Family::Folded), false),
        all_exact: keys(&mut builder, "all_exact", Some(Family::Exact), true),
        all_folded: keys(&mut builder, "all_folded", Some(Family::Folded), true),
        all_stem: keys(&mut builder, "all_stem", None, true),
        named: builder.add_text_field("named", STRING),
        part_of: builder.add_text_field("part_of", STRING),
        aligned: builder.add_text_field("aligned", STRING),
        facets: builder.add_text_field(column::FACETS, TextOptions::default().set_fast("raw")),
        sort_name: builder
            .add_text_field(column::SORT_NAME, TextOptions::default().set_fast("raw")),
        recency: builder.add_u64_field(column::RECENCY, FAST),
        day: builder.add_i64_field(column::DAY, FAST | INDEXED),
        quality: builder.add_u64_field(column::QUALITY, FAST),
        print_a: builder.add_u64_field(column::PRINT_A, FAST),
        print_b: builder.add_u64_field(column::PRINT_B, FAST),
        meaning: builder.add_u64_field(column::MEANING, FAST),
        length: builder.add_u64_field(column::LENGTH, FAST),
    };
    (builder.build(), fields)
}

fn keys(builder: &mut SchemaBuilder, name: &str, family: Option<Family>, positions: bool) -> Field {
    let option = if positions {
        IndexRecordOption::WithFreqsAndPositions
    } else {
        IndexRecordOption::WithFreqs
    };
    // Stems come as ready tokens; "raw" is never called for them.
    let tokenizer = family.map_or("raw", Family::tokenizer_name);
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(option);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// The tokenizers that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for family in Family::ALL {
        manager.register(family.tokenizer_name(), KhueTokenizer::new(family));
    }
    manager
}
