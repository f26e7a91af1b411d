//! Accounts, roles and sessions. Tokens, codes and passphrases come in as hashes only.

mod accounts;
mod identities;
mod roles;
mod sessions;

pub use accounts::{NewAccount, accept_invitation, register, set_passphrase};
pub use identities::{
    Attempt, Identified, Proved, begin_attempt, identify, keep_waiting, link_waiting, take_attempt,
    unlink,
};
pub use roles::{Granted, Invitation, grant, revoke};
pub(crate) use sessions::end_all;
pub use sessions::{
    NewSession, begin_second_factor, clean_sessions, drop_second_factor, end_other_sessions,
    end_session, replace_totp_secrets, start_session, touch_session, use_recovery_code,
    use_totp_step,
};
