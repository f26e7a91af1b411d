//! Accounts, submissions and the desk as people meet them, and as attackers do.

mod entrance;
mod forged;
mod leaks;
mod roles;
mod way;
