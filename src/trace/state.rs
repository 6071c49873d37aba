//! What a lane can be and what a task can be doing on it, with the words for it.

/// What kind of place a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LaneKind {
    /// The page's own thread, running tasks one after another.
    MainThread,
    /// The event loop: the page's thread, switching between tasks where they await.
    EventLoop,
    /// A worker thread of a pool.
    Thread,
    /// A process: a worker with a memory of its own.
    Process,
    /// A task in flight that occupies no thread: it waits for I/O, or is ready and waits for the loop.
    InFlight,
    /// The frames that the page really drew.
    Heartbeat,
    /// A core of a machine: which task it ran, and when it switched. What it shows lies on the lanes of those that it ran, too.
    Core,
}

impl LaneKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::MainThread, Self::EventLoop, Self::Thread, Self::Process, Self::InFlight, Self::Heartbeat, Self::Core];

    /// Whether a slice on such a lane occupies a processor or a thread, so that the lane has a utilisation.
    pub fn is_worker(self) -> bool {
        matches!(self, Self::MainThread | Self::EventLoop | Self::Thread | Self::Process)
    }

    /// Whether its slices show again what those of other lanes show: whoever adds up, or looks for what a task did, leaves such a lane
    /// out.
    pub fn repeats_others(self) -> bool {
        self == Self::Core
    }
}

/// What a task is doing during a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// A worker or process is coming up.
    Starting,
    /// Could run, but has no core.
    Ready,
    /// Computing.
    Running,
    /// Waiting for a response, a disk, a timer.
    WaitingForIo,
    /// Waiting for other tasks: for a lock that one holds, for a message, a signal, a barrier.
    WaitingForLock,
    /// Switching, copying, serialising: time that does no work of the task's own.
    Overhead,
}

impl State {
    /// Every state, in the order a legend lists them.
    pub const ALL: [Self; 6] =
        [Self::Running, Self::WaitingForIo, Self::WaitingForLock, Self::Ready, Self::Starting, Self::Overhead];

    /// The state in words, as legend, table and announcements say it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::WaitingForIo => "waiting for I/O",
            Self::WaitingForLock => "waiting for others",
            Self::Overhead => "overhead",
        }
    }

    /// Its name where lessons write it: the words, as one.
    pub fn key(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::WaitingForIo => "waiting-for-io",
            Self::WaitingForLock => "waiting-for-others",
            Self::Overhead => "overhead",
        }
    }

    /// The state with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_words_as_one_and_are_found() {
        for state in State::ALL {
            assert_eq!(state.key(), state.words().to_lowercase().replace('/', "").replace(' ', "-"));
            assert_eq!(State::from_key(state.key()), Some(state));
        }
        assert_eq!(State::from_key("sleeping"), None);
    }
}
