//! The conversation between an embedded demo and the page around it: what its address says, how the two find each other, what either
//! may say, and what that does to a session; and the snippets that bring it into a page. `www/embed.js` is the other end; `EMBEDDING.md`
//! describes both for who embeds a demo.
//!
//! Nothing here knows a window or a port: `app` hands in texts and says what comes back. Whatever a host says is text that somebody else
//! wrote: it is refused by name unless it is exactly one of the few messages below.
//!
//! ```text
//!  this page, in an iframe                         its host
//!  window  { kind: hello, nonce }           ─────▶
//!                                           ◀─────  window  { kind: port, nonce } with one MessagePort
//!  port    { kind: ready }                  ─────▶
//!          { kind: size, height }           ─────▶
//!          { kind: run, engines }           ◀────▶  port    { kind: run }
//!          { kind: done, demo, runs }       ─────▶          { kind: cancel }
//!          { kind: error, message }         ─────▶          { kind: theme, theme: light | dark }
//! ```
//!
//! Every message is JSON text of one object, with `interleave: "1"` for the version. What a host says holds nothing but texts.

mod address;
mod badge;
mod download;
mod follow;
mod handshake;
mod heard;
mod news;
mod said;
mod snippet;

pub use address::{Address, AddressProblem, Host, Shown, TraceUrl};
pub use badge::badge;
pub use download::{Download, DownloadProblem, MOST_BYTES, SILENT_FOR_MS};
pub use follow::{Doing, Unfollowed, follow};
pub use handshake::{Handshake, Offer};
pub use heard::{Fields, Heard, MOST_LENGTH, Message, Refusal};
pub use news::{news, opened};
pub use said::{Came, Letter, Said};
pub use snippet::{Once, Tool, link, site_of};

/// The version of the conversation, in every message.
pub const VERSION: &str = "1";

/// What somebody else wrote, as a message repeats it: not much, and on one line.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let one_line: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() { format!("{one_line}…") } else { one_line }
}
