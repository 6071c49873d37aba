//! The component of one chart: the element that has the focus, its canvas, what is announced, and the facts of what is selected.

use std::rc::Rc;

use web_sys::{Element, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::Source;
use super::brush::Brush;
use super::facts::facts_of;
use super::widget::{Kept, Selection, Widget};
use crate::app::stage::{Handled, StageRef};
use crate::lesson::Overlay;
use crate::timeline::Grouping;
use crate::timeline::view::Input;
use crate::timeline::view::keys::Command;
use crate::trace::SliceId;

/// What is drawn, and how.
#[derive(Properties, PartialEq)]
pub struct ChartCanvasProps {
    /// What is shown.
    pub source: Source,
    /// What a row stands for.
    pub grouping: Grouping,
    /// Axis and replay.
    pub stage: StageRef,
    /// Whether the page is dark: the colours are read anew when that changes.
    pub dark: bool,
    /// The chart in words.
    pub label: AttrValue,
    /// What a learner predicted.
    #[prop_or_default]
    pub predicted: Option<Rc<Overlay>>,
    /// Called when another slice is selected, or none.
    #[prop_or_default]
    pub on_select: Callback<Option<SliceId>>,
}

/// One chart.
#[component]
pub fn ChartCanvas(props: &ChartCanvasProps) -> Html {
    let (root, canvas, status) = (use_node_ref(), use_node_ref(), use_node_ref());
    let selection = use_state_eq(Selection::default);
    let kept = use_mut_ref(|| None::<(Source, Kept)>);
    let widget = use_mut_ref(|| None::<Rc<Widget>>);
    {
        let (root, canvas, status, select) = (root.clone(), canvas.clone(), status.clone(), selection.setter());
        let widget = widget.clone();
        let dependencies =
            (props.source.clone(), props.grouping, props.stage.clone(), props.dark, props.predicted.clone());
        use_effect_with(dependencies, move |(source, grouping, stage, _, predicted)| {
            // Another trace begins anew; the same one in other rows goes on from where it was.
            let before = kept.take().filter(|(before, _)| before == source);
            let (view, picture) = before.map(|(_, (view, picture))| (Some(view), picture)).unwrap_or_default();
            let picture = picture.filter(|_| view.is_some_and(|view| view.grouping != *grouping));
            let brush = canvas
                .cast::<HtmlCanvasElement>()
                .and_then(|it| Brush::new(it, source.clone(), *grouping, picture, predicted.clone()));
            let elements = root.cast::<HtmlElement>().zip(status.cast::<Element>());
            let started = elements.zip(brush).map(|((root, status), brush)| {
                let on_select = Callback::from(move |chosen| select.set(chosen));
                Widget::start(root, status, brush, &stage.0, view, on_select)
            });
            widget.replace(started);
            let source = source.clone();
            move || {
                if let Some(widget) = widget.take() {
                    kept.replace(Some((source, widget.kept())));
                }
            }
        });
    }
    use_effect_with((selection.slice, props.on_select.clone()), |(slice, on_select)| on_select.emit(*slice));
    let clear = Callback::from(move |_| {
        if let Some(widget) = &*widget.borrow() {
            widget.handle(Input::Command(Command::Clear));
            widget.focus();
        }
    });
    let finished = match &props.source {
        Source::Recorded(trace) => Some(trace),
        Source::Live(_) => None,
    };
    // A widget that keys work: what it can do is in its description, and its own words are announced.
    let (role, tabindex, hint) = match finished {
        Some(_) => ("application", Some("0"), "Arrow keys walk through it, question mark shows all keys."),
        None => ("img", None, ""),
    };
    html! {
        <>
            <div ref={root} class="plot" data-test="plot" {role} {tabindex} aria-roledescription={finished.map(|_| "timeline")}
                aria-label={format!("{} {hint}", props.label)}>
                <canvas ref={canvas} aria-hidden="true" />
            </div>
            <p ref={status} class="visually-hidden" role="status" data-test="said" />
            if let Some(trace) = finished {
                { facts_of(trace, *selection, &clear) }
            }
        </>
    }
}
