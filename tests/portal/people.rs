//! Accounts, submissions and the desk as people meet them, and as attackers do.

mod attacks;
mod community;
mod crashes;
mod entrance;
mod forged;
mod full_disk;
mod leaks;
mod mail;
mod providers;
mod reports;
mod roles;
mod signing;
mod suggestions;
mod way;
