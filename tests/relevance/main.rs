//! How well people find what they look for, through the public interface of the index.

mod judged;
mod shelf;
mod typing;
