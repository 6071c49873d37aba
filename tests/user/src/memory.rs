//! How much memory a page needs, by what Linux shows of its process: a browser tells only of a part of it, and late.

use std::fs;

use anyhow::{Context, Result};

use crate::Page;
use crate::workers::descendants;

impl Page {
    /// What the page's process has in memory now, MB of 1,000,000 bytes: its proportional set size, in which what processes share
    /// counts in shares. In Chromium alone; of several such processes it is the largest one's.
    ///
    /// # Errors
    /// If there is none, or its memory is not told.
    pub fn memory_mb(&self) -> Result<f64> {
        let renderers = descendants(self.driver_id())?.into_iter().filter(|process| {
            let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
            command.split(|byte| *byte == 0 || *byte == b' ').any(|word| word == b"--type=renderer")
        });
        let sizes_mb = renderers.filter_map(proportional_mb);
        sizes_mb.reduce(f64::max).context("no process of a page tells its memory")
    }
}

fn proportional_mb(process: u32) -> Option<f64> {
    let told = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let kib = told.lines().find_map(|line| line.strip_prefix("Pss:"))?.trim().strip_suffix(" kB")?;
    Some(kib.parse::<f64>().ok()? * 1_024.0 / 1e6)
}
