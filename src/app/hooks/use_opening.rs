//! Opens files, one at a time: the state of the page that does so, and the worker that reads.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use gloo::timers::future::TimeoutFuture;
use web_sys::File;
use yew::prelude::*;

use super::use_attempt;
use crate::demo::{FileAction, Opening};
use crate::engine::browser::{FileNews, open_file};

/// The state as Yew keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
struct OpeningState(Opening);

impl Reducible for OpeningState {
    type Action = FileAction;

    fn reduce(self: Rc<Self>, action: FileAction) -> Rc<Self> {
        let next = self.0.after(action);
        if next == self.0 { self } else { Rc::new(Self(next)) }
    }
}

/// The state with the means to change it.
#[derive(Clone)]
pub struct Opener {
    /// The state.
    pub page: Opening,
    /// Opens a file, instead of one that is being read.
    pub open: Callback<File>,
    /// Gives up the file that is being read.
    pub cancel: Callback<()>,
}

/// Numbers for attempts, so that each knows its own file from another's.
static NUMBERS: AtomicU32 = AtomicU32::new(0);

/// How long a chart needs to let go of its trace, ms: a frame.
const LET_GO_MS: u32 = 20;

/// The page that opens files. Leaving it ends the worker.
#[hook]
pub fn use_opening() -> Opener {
    let page = use_reducer_eq(OpeningState::default);
    let reader = use_attempt();
    let open = {
        let (dispatcher, reader) = (page.dispatcher(), reader.clone());
        Callback::from(move |file: File| {
            let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
            let choose = FileAction::Choose { number, name: file.name(), bytes: file.size() };
            // What is refused at once leaves alone what is being read.
            let begins = Opening::default().after(choose.clone()).is_read(number);
            dispatcher.dispatch(choose);
            if !begins {
                return;
            }
            let dispatcher = dispatcher.clone();
            reader.begin(async move {
                let news = async |news: FileNews| match news {
                    FileNews::Progress(progress) => dispatcher.dispatch(FileAction::Progress(number, progress)),
                    FileNews::Large => {
                        dispatcher.dispatch(FileAction::MakeRoom(number));
                        TimeoutFuture::new(LET_GO_MS).await;
                    }
                };
                dispatcher.dispatch(match open_file(&file, news).await {
                    Ok(opened) => FileAction::Opened(number, opened),
                    Err(error) => FileAction::Failed(number, error),
                });
            });
        })
    };
    let cancel = {
        let dispatcher = page.dispatcher();
        Callback::from(move |()| {
            reader.give_up();
            dispatcher.dispatch(FileAction::Cancel);
        })
    };
    Opener { page: page.0.clone(), open, cancel }
}
