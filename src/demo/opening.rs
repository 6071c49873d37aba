//! The page that opens traces from files, while it is used: which file is being read, what is shown, what went wrong. It changes by
//! [`FileAction`]s alone, and takes no notice of those about a file that has been given up.

use crate::engine::{FileError, FileProgress, MOST_FILE_BYTES, OpenedFile};

/// What happens to the page. Every attempt to open a file has a number of its own, larger than those before.
#[derive(Clone, Debug)]
pub enum FileAction {
    /// A file was chosen or dropped.
    Choose {
        /// The attempt's number.
        number: u32,
        /// The file's name.
        name: String,
        /// Its length, bytes.
        bytes: f64,
    },
    /// More of it has been read.
    Progress(u32, FileProgress),
    /// It has been read, and what it holds takes so many bytes that there is no room for what is shown beside it.
    MakeRoom(u32),
    /// It is open.
    Opened(u32, OpenedFile),
    /// It cannot be opened.
    Failed(u32, FileError),
    /// Cancel was pressed.
    Cancel,
}

/// A file that is being read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The attempt's number.
    pub number: u32,
    /// The file's name.
    pub name: String,
    /// How far it has been read.
    pub progress: FileProgress,
}

/// What came of the file that was chosen last, if it was not opened.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// It was cancelled.
    Cancelled {
        /// The file's name.
        name: String,
    },
    /// It cannot be opened.
    Failed {
        /// The file's name.
        name: String,
        /// Why not.
        why: FileError,
    },
}

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opening {
    shown: Option<OpenedFile>,
    reading: Option<Reading>,
    problem: Option<Problem>,
}

impl Opening {
    /// The page after `action`.
    #[must_use]
    pub fn after(&self, action: FileAction) -> Self {
        let mut next = self.clone();
        match action {
            FileAction::Choose { name, bytes, .. } if bytes > MOST_FILE_BYTES => {
                next.problem = Some(Problem::Failed { name, why: FileError::TooLong { bytes } });
            }
            FileAction::Choose { number, name, bytes } => {
                next.problem = None;
                let progress = FileProgress { bytes, ..FileProgress::default() };
                next.reading = Some(Reading { number, name, progress });
            }
            FileAction::Cancel => {
                let cancelled = next.reading.take().map(|Reading { name, .. }| Problem::Cancelled { name });
                next.problem = cancelled.or(next.problem);
            }
            FileAction::Progress(number, _)
            | FileAction::MakeRoom(number)
            | FileAction::Opened(number, _)
            | FileAction::Failed(number, _)
                if !self.is_read(number) => {}
            FileAction::Progress(_, progress) => {
                next.reading.iter_mut().for_each(|reading| reading.progress = progress);
            }
            FileAction::MakeRoom(_) => next.shown = None,
            FileAction::Opened(_, opened) => {
                next.reading = None;
                next.shown = Some(opened);
            }
            FileAction::Failed(_, why) => {
                next.problem = next.reading.take().map(|Reading { name, .. }| Problem::Failed { name, why });
            }
        }
        next
    }

    /// Whether this attempt is the one that goes on.
    pub fn is_read(&self, number: u32) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.number == number)
    }

    /// What is shown.
    pub fn shown(&self) -> Option<&OpenedFile> {
        self.shown.as_ref()
    }

    /// The file that is being read.
    pub fn reading(&self) -> Option<&Reading> {
        self.reading.as_ref()
    }

    /// What came of the file that was chosen last, if it was not opened.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::trace::exchange::Importer;

    fn choose(number: u32) -> FileAction {
        FileAction::Choose { number, name: format!("{number}.json"), bytes: 1e6 }
    }

    fn opened(number: u32) -> OpenedFile {
        let mut importer = Importer::new("a.json");
        importer.feed(br#"[{"ph":"X","ts":1,"dur":5,"name":"work"}]"#).unwrap();
        let imported = importer.finish().unwrap();
        OpenedFile {
            name: format!("{number}.json"),
            trace: Rc::new(imported.trace),
            words: String::new(),
            notes: imported.notes,
        }
    }

    fn page(actions: impl IntoIterator<Item = FileAction>) -> Opening {
        actions.into_iter().fold(Opening::default(), |page, action| page.after(action))
    }

    #[test]
    fn a_file_is_read_and_shown() {
        let half = FileProgress { read_bytes: 5e5, bytes: 1e6, events: 7.0 };
        let reading = page([choose(1), FileAction::Progress(1, half)]);
        assert_eq!(reading.reading(), Some(&Reading { number: 1, name: "1.json".into(), progress: half }));
        let file = opened(1);
        let shown = reading.after(FileAction::Opened(1, file.clone()));
        assert_eq!((shown.shown(), shown.reading(), shown.problem()), (Some(&file), None, None));
    }

    #[test]
    fn what_goes_wrong_loses_nothing() {
        let file = opened(1);
        let shown = page([choose(1), FileAction::Opened(1, file.clone())]);
        let why = FileError::Refused("event 2, byte 23: no".into());
        let failed = shown.after(choose(2)).after(FileAction::Failed(2, why.clone()));
        assert_eq!(failed.shown(), Some(&file));
        assert_eq!(failed.problem(), Some(&Problem::Failed { name: "2.json".into(), why }));
        let cancelled = shown.after(choose(3)).after(FileAction::Cancel);
        assert_eq!((cancelled.shown(), cancelled.reading()), (Some(&file), None));
        assert_eq!(cancelled.problem(), Some(&Problem::Cancelled { name: "3.json".into() }));
        assert_eq!(cancelled.after(choose(4)).problem(), None, "a new attempt has no problem yet");
    }

    #[test]
    fn a_file_that_is_too_long_is_refused_at_once() {
        let long = FileAction::Choose { number: 2, name: "long.json".into(), bytes: 3e8 };
        let refused = page([choose(1), long]);
        assert!(matches!(refused.problem(), Some(Problem::Failed { why: FileError::TooLong { .. }, .. })));
        assert!(refused.is_read(1), "what was being read goes on");
    }

    #[test]
    fn a_second_file_replaces_the_first() {
        let (first, second) = (opened(1), opened(2));
        let late = page([
            choose(1),
            choose(2),
            FileAction::Opened(1, first),
            FileAction::Progress(1, FileProgress::default()),
        ]);
        assert_eq!(late.shown(), None, "the first was given up");
        assert!(late.is_read(2));
        let shown = late.after(FileAction::Opened(2, second.clone()));
        assert_eq!(shown.shown(), Some(&second));
        assert_eq!(shown.after(FileAction::Cancel), shown, "there is nothing to cancel");
        let room = shown.after(choose(3)).after(FileAction::MakeRoom(3));
        assert_eq!((room.shown(), room.is_read(3)), (None, true));
    }
}
