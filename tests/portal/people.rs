//! Accounts, submissions and the desk as people meet them, and as attackers do.

mod adapting;
mod attacks;
mod bulk;
mod captions;
mod collections;
mod community;
mod crashes;
mod entrance;
mod forged;
mod full_disk;
mod leaks;
mod mail;
mod outward;
mod paths;
mod providers;
mod reports;
mod roles;
mod scripts;
pub mod sheets;
mod signing;
mod storage;
mod suggestions;
mod uploads;
mod way;
