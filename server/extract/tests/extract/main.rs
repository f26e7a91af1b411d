//! What is read from files, and that no file does harm.

mod documents;
mod hostile;
mod kinds;
mod legacy;
mod packed;
mod real_files;
mod workbooks;
