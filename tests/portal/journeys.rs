//! What readers do, each with and without scripts where both must work.

/// Runs a journey as a reader with scripts and as one without.
macro_rules! journey {
    ($journey:ident, $with:ident, $without:ident) => {
        #[tokio::test]
        async fn $with() {
            if let Some(visitor) = crate::browser::Visitor::come(crate::browser::Scripts::On).await
            {
                $journey(&visitor).await;
                visitor.leave().await;
            }
        }

        #[tokio::test]
        async fn $without() {
            if let Some(visitor) = crate::browser::Visitor::come(crate::browser::Scripts::Off).await
            {
                $journey(&visitor).await;
                visitor.leave().await;
            }
        }
    };
}

mod alive;
mod autosaving;
mod choosing;
mod community;
mod entering;
mod keyboard;
mod learning;
mod offline;
mod packs;
mod path_making;
mod publishing;
mod reading;
mod searching;
mod sheets;
mod uploading;

/// The first result.
const FIRST: &str = ".result-list .result-card__title a";
