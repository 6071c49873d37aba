//! Which one, when? Five questions, and what is recommended to who answers them so, with the reasons and the run that shows it. The answers
//! stand in the link.

use std::rc::Rc;

use yew::prelude::*;
use yew_router::prelude::*;

use crate::app::components::lesson::Fetch;
use crate::app::dom;
use crate::app::hooks::use_json;
use crate::lesson::guide::{Chosen, GUIDE_PATH, Guide, GuideQuestion, Recommendation};

/// The decision guide.
#[component]
pub fn GuidePage() -> Html {
    use_effect_with((), |()| dom::set_title("Which one, when?"));
    let (guide, retry) = use_json::<Guide>(GUIDE_PATH.into());
    let query = use_location().map(|location| location.query_str().to_owned()).unwrap_or_default();
    let show = use_callback(query, |guide, query: &String| {
        html! { <Asked key={query.clone()} {guide} query={query.clone()} /> }
    });
    html! {
        <div class="guide">
            <h1>{ "Which one, when?" }</h1>
            <p class="lead">{ "Five questions about your program; then what to begin with, why, and a run that shows it." }</p>
            <Fetch<Guide> fetched={guide} {retry} {show} what="guide" />
        </div>
    }
}

#[derive(Properties)]
struct AskedProps {
    guide: Rc<Guide>,
    /// What the link says.
    query: String,
}

impl PartialEq for AskedProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.guide, &other.guide) && self.query == other.query
    }
}

#[component]
fn Asked(props: &AskedProps) -> Html {
    let guide = &props.guide;
    let chosen = use_state(|| guide.read(&props.query));
    let choose = {
        let (guide, chosen) = (guide.clone(), chosen.clone());
        move |answers: Chosen| {
            // A link to what stands here, and no step for the back button at each answer.
            dom::replace_route(&format!("/guide?{}", guide.write(&answers)));
            chosen.set(answers);
        }
    };
    let left = guide.questions.len() - chosen.len();
    let again = {
        let choose = choose.clone();
        move |_: MouseEvent| choose(Chosen::new())
    };
    html! {
        <>
            for asked in &guide.questions {
                { question(asked, &chosen, &choose) }
            }
            <div role="status" class="recommended" data-test="recommended">
                if let Some(recommendation) = guide.recommend(&chosen) {
                    { recommended(recommendation) }
                } else {
                    <p class="hint">{ match left {
                        1 => "One more answer, and a recommendation stands here.".to_owned(),
                        left => format!("{left} more answers, and a recommendation stands here."),
                    } }</p>
                }
            </div>
            if !chosen.is_empty() {
                <button type="button" class="secondary" data-test="guide-again" onclick={again}>{ "Begin anew" }</button>
            }
        </>
    }
}

fn question(asked: &GuideQuestion, chosen: &Chosen, choose: &(impl Fn(Chosen) + Clone + 'static)) -> Html {
    let help = format!("help-{}", asked.id);
    html! {
        <fieldset key={asked.id.clone()} class="guide-question" aria-describedby={help.clone()} data-test="guide-question" data-id={asked.id.clone()}>
            <legend>{ &asked.text }</legend>
            <p class="hint" id={help}>{ &asked.help }</p>
            for answer in &asked.answers {
                <label key={answer.id.clone()} class="option">
                    <input type="radio" name={asked.id.clone()} value={answer.id.clone()} checked={chosen.get(&asked.id) == Some(&answer.id)}
                        onchange={
                            let (choose, chosen) = (choose.clone(), chosen.clone());
                            let (of, answer) = (asked.id.clone(), answer.id.clone());
                            move |_: Event| {
                                let mut answers = chosen.clone();
                                answers.insert(of.clone(), answer.clone());
                                choose(answers);
                            }
                        } />
                    <span>{ &answer.text }</span>
                </label>
            }
        </fieldset>
    }
}

fn recommended(recommendation: &Recommendation) -> Html {
    let Recommendation { title, reasons, demo, lesson, snippet_html, .. } = recommendation;
    html! {
        <>
            <h2>{ title }</h2>
            <ul>
                for reason in reasons {
                    <li key={reason.clone()}>{ reason }</li>
                }
            </ul>
            <pre tabindex="0" aria-label={format!("{title}, in Python")}><code class="language-python">
                { Html::from_html_unchecked(snippet_html.clone().into()) }
            </code></pre>
            <p class="recommended-links">
                <a href={demo.clone()} data-test="guide-demo">{ "Run what shows it" }</a>
                <a href={format!("#/lesson/{lesson}")} data-test="guide-lesson">{ "The lesson about it" }</a>
            </p>
        </>
    }
}
