//! Which toolchain is used, from what was found: a pure function.

/// What the machine has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub rustup: Rustup,
    pub debian: Debian,
}

/// The active toolchain of rustup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rustup {
    /// There is none.
    Absent,
    /// It lacks components, which rustup has not been asked for yet.
    Lacks(Vec<&'static str>),
    /// It lacks components, and rustup could not get them.
    Refused(Vec<&'static str>),
    Complete,
}

/// Debian's packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Debian {
    /// Another system.
    Absent,
    /// Packages are missing; whether we may install them.
    Lacks {
        packages: Vec<&'static str>,
        may_install: bool,
    },
    Complete,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    UseRustup,
    UseDebian,
    AddComponents(Vec<&'static str>),
    InstallPackages(Vec<&'static str>),
    /// Nothing: the message says what the user can do.
    GiveUp(String),
}

/// Chooses: what is complete first, then what can be completed.
pub fn choose(found: &Found) -> Choice {
    match (&found.rustup, &found.debian) {
        (Rustup::Complete, _) => Choice::UseRustup,
        (_, Debian::Complete) => Choice::UseDebian,
        (Rustup::Lacks(components), _) => Choice::AddComponents(components.clone()),
        (_, Debian::Lacks { packages, may_install: true }) => Choice::InstallPackages(packages.clone()),
        _ => Choice::GiveUp(advice(found)),
    }
}

fn advice(found: &Found) -> String {
    let rustup = match &found.rustup {
        Rustup::Absent => "install rustup (https://rustup.rs), then run `rustup component add rust-src`".to_owned(),
        Rustup::Lacks(components) | Rustup::Refused(components) => {
            format!(
                "`rustup component add {}` (it could not be got just now: is the network there?)",
                components.join(" ")
            )
        }
        Rustup::Complete => String::new(),
    };
    let debian = match &found.debian {
        Debian::Lacks { packages, .. } => format!("\n  or, as root: apt-get install {}", packages.join(" ")),
        _ => String::new(),
    };
    format!(
        "the page needs a Rust compiler with the source of its standard library, and there is none. Either\n  {rustup}{debian}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SRC: &[&str] = &["rust-src"];

    fn lacks(may_install: bool) -> Debian {
        Debian::Lacks { packages: vec!["rustc-web", "lld-22"], may_install }
    }

    fn chosen(rustup: Rustup, debian: Debian) -> Choice {
        choose(&Found { rustup, debian })
    }

    #[test]
    fn what_is_complete_is_used_and_rustup_before_debian() {
        assert_eq!(chosen(Rustup::Complete, Debian::Complete), Choice::UseRustup);
        assert_eq!(chosen(Rustup::Complete, lacks(true)), Choice::UseRustup);
        assert_eq!(chosen(Rustup::Absent, Debian::Complete), Choice::UseDebian);
    }

    #[test]
    fn rustup_is_not_asked_where_debian_is_complete() {
        assert_eq!(chosen(Rustup::Lacks(SRC.to_vec()), Debian::Complete), Choice::UseDebian);
    }

    #[test]
    fn rustup_is_asked_first_and_once() {
        assert_eq!(chosen(Rustup::Lacks(SRC.to_vec()), lacks(true)), Choice::AddComponents(SRC.to_vec()));
        let install = Choice::InstallPackages(vec!["rustc-web", "lld-22"]);
        assert_eq!(chosen(Rustup::Refused(SRC.to_vec()), lacks(true)), install);
        assert_eq!(chosen(Rustup::Absent, lacks(true)), install);
    }

    #[test]
    fn the_message_says_what_to_install() {
        let Choice::GiveUp(message) = chosen(Rustup::Refused(SRC.to_vec()), lacks(false)) else {
            panic!("a way was open")
        };
        assert!(message.contains("rustup component add rust-src"), "{message}");
        assert!(message.contains("apt-get install rustc-web lld-22"), "{message}");
        let Choice::GiveUp(message) = chosen(Rustup::Absent, Debian::Absent) else { panic!("a way was open") };
        assert!(message.contains("https://rustup.rs") && !message.contains("apt-get"), "{message}");
    }
}
