//! The same work in other languages.

use super::relations::Summary;
use crate::error::Result;
use crate::store::Store;

/// Editions of one work; more are more likely an error of a source than a work.
const MOST: usize = 100;

impl Store {
    /// Published translations of a resource, in the order of language and id. A
    /// link counts in both directions, and a translation's translations count too.
    pub async fn translations_of(&self, id: &str) -> Result<Vec<Summary>> {
        let mut found: Vec<Summary> = Vec::new();
        let mut next = vec![id.to_owned()];
        while let Some(current) = next.pop() {
            for other in self.direct_translations(&current).await? {
                let known = other.id == id || found.iter().any(|seen| seen.id == other.id);
                if !known && found.len() < MOST {
                    next.push(other.id.clone());
                    found.push(other);
                }
            }
        }
        found.sort_by(|a, b| (&a.language, &a.id).cmp(&(&b.language, &b.id)));
        Ok(found)
    }

    async fn direct_translations(&self, id: &str) -> Result<Vec<Summary>> {
        let Some(node) = self.node(id).await? else {
            return Ok(Vec::new());
        };
        let mut all = self.named_by(&node, "workTranslation").await?;
        all.extend(self.pointing_at(&node, "workTranslation").await?);
        Ok(all.into_iter().map(|part| part.resource).collect())
    }
}
