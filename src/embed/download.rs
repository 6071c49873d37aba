//! A trace on its way from wherever the host says it is: how much of it is taken, and how long it is waited for. Its server may be
//! anybody's: it may send more than it said, or never come to an end.

use super::quoted;
use crate::engine::megabytes;

/// The longest trace that is fetched, bytes: who reads a page has not asked for more.
pub const MOST_BYTES: f64 = 50e6;
/// How long nothing may come, ms.
pub const SILENT_FOR_MS: u32 = 10_000;
/// How long all of it may take, ms.
const LONGEST_MS: f64 = 60_000.0;

/// How much has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Download {
    /// Bytes until now.
    pub bytes: f64,
}

/// Why a trace is not fetched.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DownloadProblem {
    /// The request failed, and the browser said this.
    #[error(
        "The trace did not come ({0}). Its server has to be there, and to let other sites read it (Access-Control-Allow-Origin)."
    )]
    Unreachable(String),
    /// Its server answered with an error.
    #[error("The trace did not come: its server answered with status {0}.")]
    Status(u16),
    /// It is longer than what is fetched.
    #[error(
        "The trace has more than {}, which is as much as an embed fetches. A shorter recording shows as much.",
        megabytes(MOST_BYTES)
    )]
    TooLong,
    /// Nothing came any more.
    #[error("The trace stopped coming: nothing for {} s, after {}.", SILENT_FOR_MS / 1_000, megabytes(*bytes))]
    Silent {
        /// What had come.
        bytes: f64,
    },
    /// It does not come to an end.
    #[error("The trace does not come to an end: {} within {} s.", megabytes(*bytes), LONGEST_MS / 1_000.0)]
    Endless {
        /// What had come.
        bytes: f64,
    },
    /// It was cancelled.
    #[error("The trace was not opened: it was cancelled.")]
    Cancelled,
    /// It came, and cannot be opened; in these words.
    #[error("The trace cannot be opened: {0}.")]
    Unreadable(String),
}

impl DownloadProblem {
    /// What the browser said of a request that failed.
    pub fn unreachable(said: &str) -> Self {
        Self::Unreachable(quoted(said.trim_end_matches('.')))
    }
}

impl Download {
    /// A download whose head has come, with the length that it names, if it names one.
    ///
    /// # Errors
    /// Why the rest is not waited for.
    pub fn begin(status: u16, length: Option<&str>) -> Result<Self, DownloadProblem> {
        if !(200..300).contains(&status) {
            return Err(DownloadProblem::Status(status));
        }
        // A length that is none says nothing.
        let length = length.and_then(|length| length.trim().parse::<f64>().ok()).unwrap_or(0.0);
        if length > MOST_BYTES { Err(DownloadProblem::TooLong) } else { Ok(Self::default()) }
    }

    /// The download after so many bytes more, so long (ms) after its request.
    ///
    /// # Errors
    /// Why the rest is not waited for.
    pub fn after(self, more: f64, elapsed_ms: f64) -> Result<Self, DownloadProblem> {
        let bytes = self.bytes + more;
        if bytes > MOST_BYTES {
            Err(DownloadProblem::TooLong)
        } else if elapsed_ms > LONGEST_MS {
            Err(DownloadProblem::Endless { bytes })
        } else {
            Ok(Self { bytes })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_that_is_too_much_is_refused_before_anything_comes() {
        assert_eq!(Download::begin(200, Some("2147483648")), Err(DownloadProblem::TooLong));
        assert_eq!(Download::begin(404, None), Err(DownloadProblem::Status(404)));
        for length in [None, Some("50000000"), Some("nonsense"), Some("-1"), Some("NaN")] {
            assert_eq!(Download::begin(200, length), Ok(Download::default()), "{length:?}");
        }
    }

    #[test]
    fn who_sends_more_than_that_is_cut_off_whatever_was_named() {
        let mut download = Download::begin(200, Some("10")).unwrap();
        for _ in 0..50 {
            download = download.after(1e6, 100.0).unwrap();
        }
        assert_eq!(download.after(1.0, 100.0), Err(DownloadProblem::TooLong));
    }

    #[test]
    fn who_never_ends_is_given_up() {
        let download = Download::begin(200, None).unwrap().after(10.0, 59_000.0).unwrap();
        let given_up = download.after(1.0, 61_000.0).unwrap_err();
        assert_eq!(given_up.to_string(), "The trace does not come to an end: under 0.1 MB within 60 s.");
        let silent = DownloadProblem::Silent { bytes: 2e6 }.to_string();
        assert_eq!(silent, "The trace stopped coming: nothing for 10 s, after 2.0 MB.");
    }
}
