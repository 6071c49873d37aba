//! Which workers a browser has and how long they have computed, by what Linux shows of its threads: a page is not told whether a
//! worker that it has ended still computes.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::Page;

/// What Chromium and Firefox name the thread of a worker.
const NAMES: [&str; 2] = ["DedicatedWorker", "DOM Worker"];
/// Who has used no processor for so long does not compute.
const IDLE_AFTER: Duration = Duration::from_millis(200);

/// Workers by the numbers of their threads, with the processor time that each has used, in the system's ticks.
pub type Workers = BTreeMap<u32, u64>;

impl Page {
    /// The workers that there are now.
    ///
    /// # Errors
    /// If the processes cannot be listed.
    pub fn workers(&self) -> Result<Workers> {
        let mut workers = Workers::new();
        for process in descendants(self.driver_id())? {
            // One that has ended meanwhile has no threads.
            let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { continue };
            for thread in threads.flatten() {
                let name = fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
                if NAMES.iter().any(|worker| name.starts_with(worker))
                    && let Some(number) = number(thread.file_name().to_str())
                    && let Some(stat) = stat(&thread.path())
                {
                    // Time in the process and in the system.
                    workers.insert(number, stat[11..13].iter().filter_map(|ticks| ticks.parse::<u64>().ok()).sum());
                }
            }
        }
        Ok(workers)
    }

    /// Waits until so many workers compute that were not among `before`, and gives them.
    ///
    /// # Errors
    /// If there never are.
    pub async fn computing(&self, before: &Workers, count: usize) -> Result<Workers> {
        let enough = async || {
            let now = self.workers()?.into_iter();
            let new: Workers = now.filter(|(number, ticks)| *ticks > 0 && !before.contains_key(number)).collect();
            Ok((new.len() >= count).then_some(new))
        };
        self.wait(&format!("{count} workers that compute"), enough).await
    }

    /// Waits until none of `workers` computes any more.
    ///
    /// # Errors
    /// If one still does after so long.
    pub async fn until_idle(&self, workers: &Workers, within: Duration) -> Result<()> {
        let began = Instant::now();
        let mut before = workers.clone();
        loop {
            tokio::time::sleep(IDLE_AFTER).await;
            let now = self.workers()?;
            let computing = workers.keys().filter(|number| now.get(number) > before.get(number)).count();
            if computing == 0 {
                return Ok(());
            }
            if began.elapsed() > within {
                bail!("{computing} of {} workers compute after {} ms", workers.len(), within.as_millis());
            }
            before = now;
        }
    }
}

fn number(text: Option<&str>) -> Option<u32> {
    text?.parse().ok()
}

/// What Linux says of a process or a thread, from the field after its name on, which may contain anything: state, parent …
fn stat(of: &std::path::Path) -> Option<Vec<String>> {
    let stat = fs::read_to_string(of.join("stat")).ok()?;
    let fields: Vec<String> = stat.rsplit_once(") ")?.1.split(' ').map(str::to_owned).collect();
    (fields.len() > 13).then_some(fields)
}

/// The processes that `ancestor` started, and those that these started.
pub(crate) fn descendants(ancestor: u32) -> Result<Vec<u32>> {
    let processes = fs::read_dir("/proc")?.flatten().filter_map(|entry| {
        let id = number(entry.file_name().to_str())?;
        Some((id, number(stat(&entry.path())?.get(1).map(String::as_str))?))
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
