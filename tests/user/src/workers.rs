//! Which workers a browser has, by the threads that Linux shows of its processes: a page is not told whether a worker that it has
//! ended still computes.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::Page;

/// What Chromium and Firefox name the thread of a worker.
const NAMES: [&str; 2] = ["DedicatedWorker", "DOM Worker"];

impl Page {
    /// The workers that there are now, by the numbers of their threads.
    ///
    /// # Errors
    /// If the processes cannot be listed.
    pub fn workers(&self) -> Result<BTreeSet<u32>> {
        let mut workers = BTreeSet::new();
        for process in descendants(self.driver_id())? {
            // One that has ended meanwhile has no threads.
            let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { continue };
            for thread in threads.flatten() {
                let name = fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
                if NAMES.iter().any(|worker| name.starts_with(worker)) {
                    workers.extend(number(thread.file_name().to_str()));
                }
            }
        }
        Ok(workers)
    }

    /// Waits until none of `workers` is left, for so long.
    ///
    /// # Errors
    /// If one is left then.
    pub async fn until_gone(&self, workers: &BTreeSet<u32>, within: Duration) -> Result<()> {
        let began = Instant::now();
        loop {
            let left = self.workers()?.intersection(workers).count();
            if left == 0 {
                return Ok(());
            }
            if began.elapsed() > within {
                bail!("{left} of {} workers are there after {} ms", workers.len(), within.as_millis());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn number(text: Option<&str>) -> Option<u32> {
    text?.parse().ok()
}

/// The processes that `ancestor` started, and those that these started.
fn descendants(ancestor: u32) -> Result<Vec<u32>> {
    let processes = fs::read_dir("/proc")?.flatten().filter_map(|entry| {
        let id = number(entry.file_name().to_str())?;
        // “id (name) state parent …”; the name may contain anything.
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        let parent = number(stat.rsplit_once(") ")?.1.split(' ').nth(1))?;
        Some((id, parent))
    });
    let processes: Vec<(u32, u32)> = processes.collect();
    let mut found = vec![ancestor];
    let mut looked_at = 0;
    while let Some(&parent) = found.get(looked_at) {
        looked_at += 1;
        found.extend(processes.iter().filter(|(_, of)| *of == parent).map(|(id, _)| id));
    }
    Ok(found)
}
