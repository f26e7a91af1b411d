//! How a reader sees the page: width, colours, pictures of it.

use super::{Scheme, Visitor};
use serde_json::json;
use std::path::PathBuf;

impl Visitor {
    /// Gives the window a width, in CSS pixels.
    pub fn set_width(&self, width: u32) {
        self.set_size(width, 900);
    }

    fn set_size(&self, width: u32, height: u32) {
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Says which colours the system prefers.
    pub fn prefer(&self, scheme: Scheme) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme.as_str()}]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// How many pixels the page is wider than the window.
    pub async fn overflow(&self) -> i64 {
        let script =
            "const page = document.documentElement; return page.scrollWidth - page.clientWidth";
        self.script(script).await.as_i64().unwrap()
    }

    /// Keeps a picture of the page in the target folder, under `screenshots`: as much as fits
    /// into a window of this height.
    pub async fn keep_picture(&self, name: &str, width: u32, height: u32) -> PathBuf {
        let folder = crate::harness::target().join("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        self.set_size(width, height);
        let picture = self.client.screenshot().await.unwrap();
        let file = folder.join(format!("{name}.png"));
        std::fs::write(&file, picture).unwrap();
        file
    }
}
