//! What readers do, each with and without scripts where both must work.

mod alive;
mod everyone;
mod keyboard;
