//! What a host may say, and how a text becomes that or is refused. The text is read as JSON by whoever hands it in, since a page has the
//! browser's parser and a test another one.

use std::collections::BTreeMap;

use super::{VERSION, quoted};

/// The longest message that is looked at, characters.
pub const MOST_LENGTH: u32 = 2_000;

/// A message's fields. All are texts.
pub type Fields = BTreeMap<String, String>;

/// A message of the right version, of whatever kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its kind.
    pub kind: String,
    fields: Fields,
}

/// What a host may say over the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Run what is chosen.
    Run,
    /// Cancel what runs.
    Cancel,
    /// Be dark, or light.
    Theme {
        /// Whether dark.
        dark: bool,
    },
}

/// Why a message is ignored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no text.
    #[error("it is no text")]
    NotText,
    /// It is longer than any message.
    #[error("it is longer than {MOST_LENGTH} characters")]
    TooLong,
    /// It is not one JSON object of texts.
    #[error("it is not a JSON object of texts ({0})")]
    NotAnObject(String),
    /// It is of another version, or of none.
    #[error("it is of version “{0}”, and this page speaks version {VERSION}")]
    Version(String),
    /// It is of a kind that there is not.
    #[error("there is no message “{0}” from a host")]
    UnknownKind(String),
    /// It has a field that its kind does not have.
    #[error("“{0}” is no field of it")]
    UnknownField(String),
    /// A field is missing or has a value that it cannot have.
    #[error("its “{0}” is missing or cannot be that")]
    BadField(&'static str),
    /// It comes from another origin than the host's.
    #[error("it comes from “{0}”, which is not the host")]
    WrongOrigin(String),
    /// It comes from another window than the one around this frame.
    #[error("it does not come from the window around this frame")]
    NotFromParent,
    /// It does not know what only the host knows.
    #[error("it does not know this frame’s nonce")]
    WrongNonce,
    /// It brings none or several ports.
    #[error("it brings {0} ports and not one")]
    Ports(u32),
    /// The port is there already.
    #[error("a port was handed over before")]
    Again,
}

impl Message {
    /// Reads a message; `parse` reads JSON.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str, parse: impl FnOnce(&str) -> Result<Fields, String>) -> Result<Self, Refusal> {
        // A text of this length in the browser's characters has at most three times as many bytes.
        if text.len() > 3 * MOST_LENGTH as usize {
            return Err(Refusal::TooLong);
        }
        let mut fields = parse(text).map_err(|why| Refusal::NotAnObject(quoted(&why)))?;
        match fields.remove("interleave") {
            Some(version) if version == VERSION => {}
            other => return Err(Refusal::Version(quoted(&other.unwrap_or_default()))),
        }
        let kind = fields.remove("kind").ok_or(Refusal::BadField("kind"))?;
        Ok(Self { kind, fields })
    }

    /// The field of this name, which is taken out.
    pub(super) fn take(&mut self, name: &'static str) -> Result<String, Refusal> {
        self.fields.remove(name).ok_or(Refusal::BadField(name))
    }

    /// That no field is left.
    pub(super) fn is_taken(&self) -> Result<(), Refusal> {
        self.fields.keys().next().map_or(Ok(()), |left| Err(Refusal::UnknownField(quoted(left))))
    }
}

impl Heard {
    /// What a message says.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of(mut message: Message) -> Result<Self, Refusal> {
        let heard = match message.kind.as_str() {
            "run" => Self::Run,
            "cancel" => Self::Cancel,
            "theme" => match message.take("theme")?.as_str() {
                "dark" => Self::Theme { dark: true },
                "light" => Self::Theme { dark: false },
                _ => return Err(Refusal::BadField("theme")),
            },
            other => return Err(Refusal::UnknownKind(quoted(other))),
        };
        message.is_taken()?;
        Ok(heard)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hear(text: &str) -> Result<Heard, Refusal> {
        let parse = |text: &str| serde_json::from_str(text).map_err(|error| error.to_string());
        Message::read(text, parse).and_then(Heard::of)
    }

    #[test]
    fn what_a_host_may_say_is_heard() {
        assert_eq!(hear(r#"{"interleave":"1","kind":"run"}"#), Ok(Heard::Run));
        assert_eq!(hear(r#"{"kind":"cancel","interleave":"1"}"#), Ok(Heard::Cancel));
        assert_eq!(hear(r#"{"interleave":"1","kind":"theme","theme":"dark"}"#), Ok(Heard::Theme { dark: true }));
        assert_eq!(hear(r#"{"interleave":"1","kind":"theme","theme":"light"}"#), Ok(Heard::Theme { dark: false }));
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        for (text, says) in [
            ("", "not a JSON object"),
            ("run", "not a JSON object"),
            ("[]", "not a JSON object"),
            ("null", "not a JSON object"),
            (r#"{"interleave":1,"kind":"run"}"#, "not a JSON object of texts"),
            (r#"{"interleave":"1","kind":{"run":"run"}}"#, "not a JSON object of texts"),
            (r#"{"kind":"run"}"#, "version “”"),
            (r#"{"interleave":"2","kind":"run"}"#, "version “2”, and this page speaks version 1"),
            (r#"{"interleave":"1"}"#, "its “kind” is missing"),
            (r#"{"interleave":"1","kind":"Run"}"#, "no message “Run”"),
            (r#"{"interleave":"1","kind":"ready"}"#, "no message “ready”"),
            (r#"{"interleave":"1","kind":"run","plan":"x"}"#, "“plan” is no field"),
            (r#"{"interleave":"1","kind":"theme"}"#, "its “theme” is missing"),
            (r#"{"interleave":"1","kind":"theme","theme":"auto"}"#, "its “theme” is missing or cannot be that"),
        ] {
            let said = hear(text).unwrap_err().to_string();
            assert!(said.contains(says), "{text}: {said}");
        }
        let long = format!(r#"{{"interleave":"1","kind":"{}"}}"#, "x".repeat(7_000));
        assert_eq!(hear(&long), Err(Refusal::TooLong));
        let name = format!(r#"{{"interleave":"1","kind":"{}"}}"#, "x".repeat(1_000));
        assert!(hear(&name).unwrap_err().to_string().len() < 120, "what is repeated is short");
    }

    /// Every message there is, as an object's fields.
    fn valid() -> impl Strategy<Value = Fields> {
        let fields = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Fields>()
        };
        prop_oneof![
            Just(fields(&[("interleave", "1"), ("kind", "run")])),
            Just(fields(&[("interleave", "1"), ("kind", "cancel")])),
            Just(fields(&[("interleave", "1"), ("kind", "theme"), ("theme", "dark")])),
        ]
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            prop_assert!(hear(&text).is_err());
        }

        #[test]
        fn whatever_is_changed_in_a_message_is_refused(
            mut fields in valid(), at in any::<prop::sample::Index>(), other in "[a-z0-9 <>\"]{0,12}", drops in any::<bool>(),
        ) {
            let name = at.get(&fields.keys().cloned().collect::<Vec<_>>()).clone();
            let before = fields.insert(name.clone(), other.clone()).unwrap_or_default();
            if drops {
                fields.remove(&name);
            }
            let is_other = !["run", "cancel", "dark", "light"].contains(&other.as_str()) && other != before;
            prop_assume!(drops || is_other);
            let text = serde_json::to_string(&fields).unwrap();
            prop_assert!(hear(&text).is_err(), "{}", text);
        }

        #[test]
        fn a_field_more_is_refused(mut fields in valid(), name in "[a-z_]{1,10}", value in any::<String>()) {
            prop_assume!(!fields.contains_key(&name));
            fields.insert(name, value);
            prop_assert!(hear(&serde_json::to_string(&fields).unwrap()).is_err());
        }
    }
}
