//! How an embedded page and its host find each other: the page says hello to exactly the origin that its address names, and takes the one
//! port that comes from the window around it, from that origin, with the nonce of its address. After that nothing is heard that way.

use super::heard::{Message, Refusal};
use super::{Host, quoted};

/// A page that waits for its port.
#[derive(Debug)]
pub struct Handshake {
    host: Host,
    is_done: bool,
}

/// A message to the window.
#[derive(Debug)]
pub struct Offer<'a> {
    /// The origin that the browser names.
    pub origin: &'a str,
    /// Whether it comes from the window around this frame.
    pub from_parent: bool,
    /// How many ports it brings.
    pub ports: u32,
    /// What it says.
    pub message: Result<Message, Refusal>,
}

impl Handshake {
    /// Waits for the port of `host`.
    pub fn new(host: Host) -> Self {
        Self { host, is_done: false }
    }

    /// Takes the port of an offer; who sent it is looked at before what it says.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn take(&mut self, offer: Offer) -> Result<(), Refusal> {
        if !offer.from_parent {
            return Err(Refusal::NotFromParent);
        }
        if offer.origin != self.host.origin {
            return Err(Refusal::WrongOrigin(quoted(offer.origin)));
        }
        let mut message = offer.message?;
        if message.kind != "port" {
            return Err(Refusal::UnknownKind(quoted(&message.kind)));
        }
        if message.take("nonce")? != self.host.nonce {
            return Err(Refusal::WrongNonce);
        }
        message.is_taken()?;
        if offer.ports != 1 {
            return Err(Refusal::Ports(offer.ports));
        }
        if std::mem::replace(&mut self.is_done, true) { Err(Refusal::Again) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: &str = "0123456789abcdef0123456789abcdef";

    fn message(text: &str) -> Result<Message, Refusal> {
        Message::read(text, |text| serde_json::from_str(text).map_err(|error| error.to_string()))
    }

    fn offer(nonce: &str) -> Offer<'static> {
        let text = format!(r#"{{"interleave":"1","kind":"port","nonce":"{nonce}"}}"#);
        Offer { origin: "https://docs.example", from_parent: true, ports: 1, message: message(&text) }
    }

    fn waiting() -> Handshake {
        Handshake::new(Host { origin: "https://docs.example".into(), nonce: NONCE.into() })
    }

    #[test]
    fn the_hosts_port_is_taken_once() {
        let mut waiting = waiting();
        assert_eq!(waiting.take(offer(NONCE)), Ok(()));
        assert_eq!(waiting.take(offer(NONCE)), Err(Refusal::Again));
    }

    #[test]
    fn nobody_elses_port_is_taken_and_the_hosts_still_is() {
        let mut waiting = waiting();
        let mut take = |offer| waiting.take(offer);
        assert_eq!(take(Offer { from_parent: false, ..offer(NONCE) }), Err(Refusal::NotFromParent));
        let evil = "https://docs.example.evil.example";
        assert_eq!(take(Offer { origin: evil, ..offer(NONCE) }), Err(Refusal::WrongOrigin(evil.into())));
        assert_eq!(take(Offer { origin: "null", ..offer(NONCE) }), Err(Refusal::WrongOrigin("null".into())));
        assert_eq!(take(offer("0123456789abcdef")), Err(Refusal::WrongNonce));
        assert_eq!(take(Offer { ports: 0, ..offer(NONCE) }), Err(Refusal::Ports(0)));
        assert_eq!(take(Offer { ports: 2, ..offer(NONCE) }), Err(Refusal::Ports(2)));
        for (text, refusal) in [
            (r#"{"interleave":"1","kind":"port"}"#, Refusal::BadField("nonce")),
            (r#"{"interleave":"2","kind":"port"}"#, Refusal::Version("2".into())),
            (r#"{"interleave":"1","kind":"run"}"#, Refusal::UnknownKind("run".into())),
        ] {
            assert_eq!(take(Offer { message: message(text), ..offer(NONCE) }), Err(refusal));
        }
        assert_eq!(take(offer(NONCE)), Ok(()));
    }
}
