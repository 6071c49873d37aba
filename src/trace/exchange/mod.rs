//! How a trace leaves the page and comes in: as Chrome Trace Event JSON, which Perfetto and speedscope open and many programs
//! write, as a table for a spreadsheet, and as bytes that a worker hands to the page. It reads and writes bytes that it is
//! given, and knows no file and no network.
//!
//! ```text
//!  Trace ─▶ write_chrome ─▶ JSON ─▶ Importer::feed … finish ─▶ Imported { trace, notes }
//!        ─▶ write_csv    ─▶ CSV
//!        ─▶ binary::write ─▶ bytes of one ArrayBuffer ─▶ binary::read ─▶ Trace
//! ```

pub mod binary;
mod chrome;
mod csv;
mod file_name;
mod import;
mod keys;

pub use chrome::write_chrome;
pub use csv::write_csv;
pub use file_name::{file_name, stem};
pub use import::{ImportError, Imported, Importer, Progress};

#[cfg(test)]
mod example;
