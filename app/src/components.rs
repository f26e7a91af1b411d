//! Reused pieces of pages, named like their style file.

mod breadcrumb;
mod card;
mod chip;
mod concept;
mod copy_button;
mod facet;
mod facet_panel;
mod frame;
mod icon;
mod pager;
mod result_card;
mod search_box;
mod tile;
mod toolbar;

pub use breadcrumb::breadcrumb;
pub use card::{card, fact_list};
pub use chip::{active, chip_list};
pub use concept::{
    by_notation, label, level_path, license_class, narrower, notation, place, property_label,
    school_subjects, short_label, subject_path, value_label,
};
pub use copy_button::copy_button;
pub use facet_panel::{facet_panel, fields};
pub use frame::frame;
pub use icon::{icon, type_icon};
pub use pager::{last_page, pager, pages_nav};
pub use result_card::{plain_card, result_card};
pub use search_box::{Size, search_box};
pub use tile::{Tile, subject_tiles, tile_grid};
pub use toolbar::{has_words, heading, toolbar};
