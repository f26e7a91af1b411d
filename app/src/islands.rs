//! Widgets that become livelier in the browser. Without it each is a plain form, link or text.
//!
//! Texts come in as properties, so that no translation is loaded by the browser.

mod browser;
mod copy_button;
mod desk_keys;
mod exercise;
mod live_results;
mod progress;
mod search_box;
mod theme_switch;

pub use copy_button::{CopyButton, CopyButtonProps};
pub use desk_keys::{DeskKeys, DeskKeysProps};
pub use exercise::{ExerciseDesk, ExerciseDeskProps};
pub use live_results::{LiveResults, LiveResultsProps};
pub use progress::{PathDesk, PathDeskProps, StepMark, StepMarkProps};
pub use search_box::{SearchBox, SearchBoxProps};
pub use theme_switch::{ThemeSwitch, ThemeSwitchProps};
