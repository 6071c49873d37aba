//! The event loop with a process pool: async tasks wait on the page's thread, so many at a time, and what they compute is done by processes
//! and awaited, too. So the page's thread never computes. It knows neither how a task waits nor how a process is told what to do.

use futures::channel::mpsc;
use futures::future::try_join;

use super::event_loop;
use super::processes::Reserved;
use crate::engine::{Live, RunError};
use crate::plan::Plan;
use crate::trace::RequestsBy;

/// Runs `plan` with at most `limit` tasks at a time. A future that is dropped ends requests and processes.
pub(super) async fn gather(
    plan: &Plan,
    limit: u32,
    processes: Reserved<'_>,
    by: &RequestsBy,
    live: &Live,
) -> Result<(), RunError> {
    let (post, posted) = mpsc::unbounded();
    let tasks = async {
        // Dropped with the last of the tasks: by that the processes know that there is no more to come.
        let post = post;
        event_loop::gather(plan, Some(limit), Some(&post), by, live).await
    };
    try_join(tasks, processes.serve(plan, posted, live)).await.map(drop)
}
