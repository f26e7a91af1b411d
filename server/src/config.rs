//! Settings: defaults, then the configuration file, then the environment, then flags.
//!
//! [`SETTINGS`] is the one list of them; help, template, checks and the environment's names follow from it.

mod error;
mod file;
mod layers;
mod provider;
mod settings;
mod storage;
mod table;
mod template;
mod uploads;

pub use error::ConfigError;
pub use layers::{Flags, Origin, Shown, load};
pub use provider::ProviderSettings;
pub(crate) use provider::is_safe_address;
pub use settings::{Limits, Log, LogFormat, MeaningSettings, Settings};
pub use storage::StorageSettings;
pub use table::{Kind, SETTINGS, Setting, setting};
pub use template::template;
pub use uploads::UploadSettings;

/// Name of the configuration file that is looked for in the working folder.
pub const FILE: &str = "khue.toml";
