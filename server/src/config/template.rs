//! A configuration file to start from.

use super::table::SETTINGS;

/// Every setting with its meaning, its variable and its default, commented out.
pub fn template() -> String {
    let mut text = String::from(
        "# Settings of Khuê. Lines that begin with # are comments; take the mark away to set something.\n\
         # The environment wins over this file, flags win over the environment.\n",
    );
    let mut group = "";
    for setting in SETTINGS {
        let (place, name) = setting.place();
        if place != group {
            text.push_str(&format!("\n[{place}]\n"));
            group = place;
        }
        text.push_str(&format!(
            "\n# {}\n# {}\n# {name} = {}\n",
            setting.about,
            setting.variable(),
            setting.default
        ));
    }
    text
}
