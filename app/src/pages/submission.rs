//! `/submissions`: what a person sends in, and how it stands.

mod fields;
mod files;
mod filter;
mod form;
mod list;
mod notices;
mod page;
mod state;
mod status;
mod thread;

pub use fields::property_name;
pub use files::{Part, attach, files};
pub use filter::{filter_form, is_narrow, list_pages, names_page, wanted, with_filter};
pub use form::{save, show, withdraw};
pub use list::{create, show_own};
pub use notices::{notice_path, show_notices};
pub use page::preview;
pub use state::{event_name, reason_name, rubric_name, state_badge, step_name, undone};
pub use status::status;
pub use thread::{message_form, thread};

use axum::response::Response;

use super::account::signed_in;
use super::error;
use crate::people::{Caller, Viewer};
use crate::services::ServiceError;
use crate::submissions::{SubmissionView, Submissions};
use std::sync::Arc;

/// What pages about submissions need: who asks, and what answers.
pub(super) struct Asked {
    pub caller: Caller,
    pub viewer: Viewer,
    pub submissions: Arc<dyn Submissions>,
}

/// Who asks, signed in.
///
/// # Errors
/// The answer for everybody else.
pub(super) async fn asked(caller: Caller) -> Result<Asked, Response> {
    let viewer = signed_in(&caller).await?;
    let Some(submissions) = caller.reader.services.submissions.clone() else {
        return Err(error::not_found(&caller.reader));
    };
    Ok(Asked {
        caller,
        viewer,
        submissions,
    })
}

impl Asked {
    /// The submission, or the page that says that there is none.
    pub async fn one(&self, number: &str) -> Result<SubmissionView, Response> {
        match self.submissions.one(&self.viewer, number).await {
            Ok(Some(view)) => Ok(view),
            Ok(None) => Err(error::not_found(&self.caller.reader)),
            Err(failed) => Err(self.unserved(&failed)),
        }
    }

    pub fn unserved(&self, failed: &ServiceError) -> Response {
        error::unserved(&self.caller.reader, failed)
    }
}

/// The path of a submission, without the language's prefix.
pub fn submission_path(number: &str) -> String {
    format!("/submissions/{}", crate::reader::encode_segment(number))
}
