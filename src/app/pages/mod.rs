//! The pages, one per file, and which address shows which.

mod about;
mod demo;
mod demos;
mod embed;
mod gallery;
mod glossary;
mod guide;
mod home;
mod lesson;
mod lessons;
mod not_found;
mod playground;
pub(super) mod search;
mod teachers;
mod trace;

use yew::prelude::*;

use super::route::Route;

/// The page of a route. Keys make a change of lesson or demo a new page, not an old one with other properties.
pub fn page(route: Route) -> Html {
    match route {
        Route::Home => html! { <home::Home /> },
        Route::Lessons => html! { <lessons::Lessons /> },
        Route::Lesson { id } => {
            html! { <lesson::LessonPage key={id.clone()} id={id.clone()} step={None::<AttrValue>} /> }
        }
        Route::Step { id, step } => {
            html! { <lesson::LessonPage key={id.clone()} id={id.clone()} step={Some(AttrValue::from(step))} /> }
        }
        Route::Glossary => html! { <glossary::Glossary term={None::<AttrValue>} /> },
        Route::Term { id } => html! { <glossary::Glossary term={Some(AttrValue::from(id))} /> },
        Route::Search => html! { <search::Search /> },
        Route::Demos => html! { <demos::Demos key="demos" gallery=false /> },
        Route::Gallery => html! { <demos::Demos key="gallery" gallery=true /> },
        Route::Embeddable { id } => match crate::demo::find(&id) {
            Some(demo) => html! { <gallery::Embeddable key={demo.id} {demo} /> },
            None => html! { <not_found::NotFound /> },
        },
        Route::Demo { id } => match crate::demo::find(&id) {
            Some(demo) => html! { <demo::DemoPage key={demo.id} {demo} /> },
            None => html! { <not_found::NotFound /> },
        },
        Route::Playground => html! { <playground::Playground /> },
        Route::Trace => html! { <trace::TracePage /> },
        Route::Guide => html! { <guide::GuidePage /> },
        Route::Teachers => html! { <teachers::Teachers /> },
        Route::Embed { what } => html! { <embed::EmbedPage what={what.clone()} /> },
        Route::About => html! { <about::About /> },
        Route::NotFound => html! { <not_found::NotFound /> },
    }
}
