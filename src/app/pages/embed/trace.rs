//! An embedded trace. It is fetched when its host says so, from where the host's author has put it: within limits, and without anything
//! that would tell its server who asks.

use yew::prelude::*;

use super::{fetched, use_presence};
use crate::app::components::demo::TraceView;
use crate::app::components::{Tone, notice};
use crate::app::hooks::{use_attempt, use_host};
use crate::app::workbench::use_workbench;
use crate::embed::{Doing, DownloadProblem, Heard, Host, Said, TraceUrl, follow, opened};
use crate::engine::{OpenedFile, megabytes};

/// Which trace, and whose.
#[derive(Properties, PartialEq)]
pub struct EmbeddedTraceProps {
    /// Where it is.
    pub url: TraceUrl,
    /// Who is talked to.
    pub host: Option<Host>,
}

/// What became of the trace.
#[derive(Clone, PartialEq)]
enum State {
    Unasked,
    /// So many bytes have come.
    Coming(f64),
    Open(OpenedFile),
    Failed(DownloadProblem),
}

/// An embedded trace.
#[component]
pub fn EmbeddedTrace(props: &EmbeddedTraceProps) -> Html {
    let state = use_state(|| State::Unasked);
    let attempt = use_attempt();
    let is_ready = use_workbench().engines.is_some();
    let orders = use_mut_ref(|| 0_u32);
    let order = use_state(|| None::<(u32, Heard)>);
    let on_heard = {
        let (order, is_coming) = (order.setter(), matches!(*state, State::Coming(_)));
        Callback::from(move |heard: Heard| match heard {
            Heard::Theme { .. } => follow(heard, None),
            Heard::Run | Heard::Cancel => {
                if (heard == Heard::Cancel) == is_coming {
                    *orders.borrow_mut() += 1;
                    order.set(Some((*orders.borrow(), heard)));
                }
                Ok(Doing::Nothing)
            }
        })
    };
    let say = use_host(&props.host, on_heard);
    use_presence(&say, is_ready);
    let fail = {
        let (state, say) = (state.setter(), say.clone());
        move |problem: DownloadProblem| {
            say.emit(Said::Error { message: problem.to_string() });
            state.set(State::Failed(problem));
        }
    };
    let begin = {
        let (url, state, attempt, fail) = (props.url.clone(), state.setter(), attempt.clone(), fail.clone());
        Callback::from(move |()| {
            let (url, state, say, fail) = (url.clone(), state.clone(), say.clone(), fail.clone());
            state.set(State::Coming(0.0));
            say.emit(Said::Run { engines: Vec::new() });
            attempt.begin(async move {
                let tell = |bytes| state.set(State::Coming(bytes));
                match fetched::trace(&url, tell).await {
                    Ok(file) => {
                        say.emit(opened(&file));
                        state.set(State::Open(file));
                    }
                    Err(problem) => fail(problem),
                }
            });
        })
    };
    let cancel = Callback::from(move |()| {
        attempt.give_up();
        fail(DownloadProblem::Cancelled);
    });
    {
        let (begin, cancel) = (begin.clone(), cancel.clone());
        use_effect_with(*order, move |order| match order {
            Some((_, Heard::Cancel)) => cancel.emit(()),
            Some(_) => begin.emit(()),
            None => {}
        });
    }
    let show = |says: &'static str| {
        html! {
            <button type="button" class="primary" data-test="show-trace" disabled={!is_ready} onclick={begin.reform(|_: MouseEvent| ())}>{ says }</button>
        }
    };
    let name = props.url.name();
    match &*state {
        State::Unasked => {
            html! { <div class="run-bar"><h1 class="embed-title">{ name }</h1>{ show("Show the trace") }</div> }
        }
        State::Coming(bytes) => html! {
            <div class="run-bar">
                <button type="button" class="primary cancel" data-test="cancel" onclick={cancel.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
                <span role="status" data-test="progress">{ format!("{name}: {}", megabytes(*bytes)) }</span>
            </div>
        },
        State::Open(opened) => html! { <TraceView opened={opened.clone()} /> },
        State::Failed(problem) => html! {
            <>
                { notice(Tone::Error, "embed-problem", html! { <>{ problem.to_string() }</> }) }
                <div class="run-bar">{ show("Try again") }</div>
            </>
        },
    }
}
