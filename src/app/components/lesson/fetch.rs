//! A file that a page needs: on its way, there, missing, or failed with a way to try again.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::components::{Tone, notice};
use crate::app::hooks::Fetched;

/// What has become of the file, and what to do with it.
#[derive(Properties)]
pub struct FetchProps<T> {
    /// What has become of it.
    pub fetched: Fetched<T>,
    /// Fetches it again.
    pub retry: Callback<()>,
    /// Shows it.
    pub show: Callback<Rc<T>, Html>,
    /// What it is, for messages.
    pub what: AttrValue,
}

impl<T> PartialEq for FetchProps<T> {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.fetched, &other.fetched) {
            (Fetched::There(a), Fetched::There(b)) => Rc::ptr_eq(a, b),
            (Fetched::Loading, Fetched::Loading) | (Fetched::Missing, Fetched::Missing) => true,
            (Fetched::Failed(a), Fetched::Failed(b)) => a == b,
            _ => false,
        };
        same && self.show == other.show && self.what == other.what
    }
}

/// Shows a file, or what stands in its way.
#[component]
pub fn Fetch<T: 'static>(props: &FetchProps<T>) -> Html {
    match &props.fetched {
        Fetched::Loading => html! { <p class="loading" role="status">{ format!("Loading the {}…", props.what) }</p> },
        Fetched::There(value) => props.show.emit(Rc::clone(value)),
        Fetched::Missing => html! {
            <div class="not-found">
                <h1>{ format!("There is no such {}", props.what) }</h1>
                <p><a href="#/lessons">{ "See all lessons" }</a></p>
            </div>
        },
        Fetched::Failed(why) => {
            let retry = props.retry.clone();
            html! {
                <div class="failed">
                    { notice(Tone::Error, "fetch-failed", html! { <>{ format!("The {} could not be loaded. ", props.what) }{ why }</> }) }
                    <button class="secondary" onclick={move |_| retry.emit(())}>{ "Try again" }</button>
                </div>
            }
        }
    }
}
