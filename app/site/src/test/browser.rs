//! Chromium and the driver through which tests steer it.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::system;

/// Names that systems give to Chromium.
const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

pub(super) struct Browser {
    pub(super) chromium: PathBuf,
    pub(super) chromedriver: PathBuf,
}

/// Finds both, installing them where that is allowed.
pub(super) fn set_up(install: bool) -> Result<Browser> {
    if find().is_none() && install {
        system::install(&["chromium", "chromium-driver"])?;
    }
    let Some(browser) = find() else {
        bail!("chromium and chromedriver are not on the PATH");
    };
    println!(
        "   {}, {}",
        browser.chromium.display(),
        browser.chromedriver.display()
    );
    Ok(browser)
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: CHROMIUM.iter().find_map(|name| system::find(name))?,
        chromedriver: system::find("chromedriver")?,
    })
}
