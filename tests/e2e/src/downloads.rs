//! Files that the page hands out, kept in a folder of the scenario's own.

use std::{
    env, fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context, Result};
use serde_json::json;

use crate::{browser::Browser, wait};

/// Counts the folders of this process.
static FOLDERS: AtomicU32 = AtomicU32::new(0);

/// Where the files of one browser come to; emptied when this is dropped.
pub struct Downloads<'a> {
    browser: &'a Browser,
    folder: PathBuf,
}

impl Browser {
    /// Keeps what pages hand out from now on.
    pub async fn keep_downloads(&self) -> Result<Downloads<'_>> {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("hallpass-files-{}-{number}", process::id()));
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let downloads = Downloads {
            browser: self,
            folder,
        };
        let allow = json!({ "behavior": "allow", "downloadPath": downloads.folder });
        self.cdp()?
            .send_raw("Browser.setDownloadBehavior", allow)
            .await?;
        Ok(downloads)
    }
}

impl Downloads<'_> {
    /// Waits for the file of this name, and takes it away: its text.
    pub async fn take(&self, name: &str) -> Result<String> {
        let path = self.folder.join(name);
        // The browser gives a file its name when it is complete.
        let text = wait::until(self.browser.patience(), async || {
            Ok(fs::read_to_string(&path)
                .ok()
                .filter(|text| !text.is_empty()))
        })
        .await?
        .with_context(|| format!("no {name} was handed out"))?;
        fs::remove_file(&path)?;
        Ok(text)
    }
}

impl Drop for Downloads<'_> {
    fn drop(&mut self) {
        // What cannot be cleared away is the system's to clear.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
