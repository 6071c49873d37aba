//! Workers that are kept from run to run: started in advance while the learner reads, waited for by a run that comes meanwhile.

use std::cell::Cell;

use futures::lock::{Mutex, MutexGuard};

use crate::engine::RunError;

/// A place where workers are kept, `T`'s default while there are none.
#[derive(Default)]
pub(super) struct Kept<T> {
    place: Mutex<T>,
    /// How many were asked for last: whoever waited for the place meanwhile and wanted another number is late.
    wanted: Cell<u32>,
    /// Why workers that were started in advance did not come up, for the run that waited for them.
    failed: Cell<Option<RunError>>,
}

impl<T> Kept<T> {
    /// Has `start` see to it that there are so many workers.
    pub(super) async fn warm_up(
        &self,
        wanted: u32,
        start: impl AsyncFnOnce(&mut T) -> Result<(), RunError>,
    ) -> Result<(), RunError> {
        self.wanted.set(wanted);
        let mut place = self.place.lock().await;
        if self.wanted.get() != wanted {
            return Ok(());
        }
        start(&mut place).await.inspect_err(|error| self.failed.set(Some(error.clone())))
    }

    /// The place, for a run that wants so many workers; waits for those that are coming up, and fails if they do.
    pub(super) async fn reserve(&self, wanted: u32) -> Result<MutexGuard<'_, T>, RunError> {
        self.wanted.set(wanted);
        self.failed.set(None);
        let place = self.place.lock().await;
        self.failed.take().map_or(Ok(place), Err)
    }

    /// The place, to look at.
    pub(super) async fn look(&self) -> MutexGuard<'_, T> {
        self.place.lock().await
    }
}
