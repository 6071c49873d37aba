//! Where a trace's numbers come from. Every number on the screen says so, so a trace without provenance cannot be made.

/// How the numbers of a trace came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Measured in this browser, just now.
    Measured,
    /// Measured elsewhere, and replayed here.
    Recorded,
    /// Computed in virtual time.
    Simulated,
    /// Read from the file of this name, which another program wrote: who measured it, and how, is known only as far as that
    /// file says.
    Imported(String),
}

impl Provenance {
    /// Whether its times are those of virtual time.
    pub fn is_simulated(&self) -> bool {
        self.source == Source::Simulated
    }
}

/// Whether threads with one memory were used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharedMemory {
    /// The run used threads that share a memory.
    Used,
    /// The engine has no use for it.
    NotNeeded,
}

/// Who answered the requests of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestsBy {
    /// The plan makes none.
    Nobody,
    /// The page's service worker, each one a real `fetch()`.
    ServiceWorker,
    /// The servers of the addresses that the learner gave.
    Servers,
    /// The network of a simulated machine.
    Simulation,
    /// A timer stood in for the network; the text says why.
    Timer(String),
}

/// Who measured a trace, with what, and how finely.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// Measured, recorded, simulated or imported.
    pub source: Source,
    /// The engine's name; empty for what was imported.
    pub engine: String,
    /// Logical processors the machine reports; 0 where that is not known.
    pub cores: u32,
    /// Smallest step of the clock in ms; nothing is shown finer than this.
    pub clock_resolution_ms: f64,
    /// Whether the page is cross-origin isolated, which decides how fine the clock is.
    pub isolated: bool,
    /// Whether threads with one memory were used.
    pub shared_memory: SharedMemory,
    /// Who answered the requests.
    pub requests: RequestsBy,
    /// Events that found their ring full and were lost; a chart with lost events says so.
    pub dropped_events: u64,
    /// Whether the page was hidden for some of the run: browsers draw no frames then and slow timers down.
    pub hidden: bool,
    /// When, as ISO 8601 date and time in UTC; empty where that is not known.
    pub date: String,
}
