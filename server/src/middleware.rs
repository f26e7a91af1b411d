//! What happens around every request, one file each, the outermost first.

pub mod access_log;
pub mod body_limit;
pub mod client_address;
pub mod deadline;
pub mod faults;
pub mod freshness;
pub mod own_site;
pub mod past_searches;
pub mod rate_limit;
pub mod security_headers;
pub mod visitor;
