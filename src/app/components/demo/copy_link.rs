//! Copies a link that opens this demo with the same engines and values; after a run also one that brings along what was recorded.

use gloo::timers::callback::Timeout;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::app::dom::{self, address_of};
use crate::app::packing::compressed;
use crate::demo::{Demo, MOST_LINK, Recording, Setup};
use crate::embed::Tool;
use crate::plan::catalogue::grouped;

/// The page that a link leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkTo {
    /// The demo's own.
    #[default]
    Demo,
    /// The playground.
    Playground,
    /// The demo's page in the gallery, with the snippet for this tool.
    Gallery(Tool),
}

impl LinkTo {
    /// The route that opens `demo` with `setup` there.
    pub fn route(self, demo: &'static Demo, setup: &Setup) -> String {
        let query = setup.write(demo);
        match self {
            Self::Demo => format!("/demo/{}?{query}", demo.id),
            Self::Playground => format!("/playground?demo={}&{query}", demo.id),
            Self::Gallery(tool) => format!("/gallery/{}?{}", demo.id, tool.write(&query)),
        }
    }
}

/// What the link opens.
#[derive(Properties, PartialEq)]
pub struct CopyLinkProps {
    /// The demo.
    pub demo: &'static Demo,
    /// The page that shows it.
    pub page: LinkTo,
    /// Whether the way to the gallery is offered, too.
    pub embeds: bool,
    /// What is chosen; `None` while something typed is wrong.
    pub setup: Option<Setup>,
    /// What the engines came to with it.
    pub recording: Option<Recording>,
}

/// What became of a copy.
#[derive(Clone, PartialEq)]
enum Said {
    Copied,
    /// The browser does not let the page copy: the link.
    ByHand(String),
    Problem(String),
}

/// Which of the two links.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    Plain,
    Recorded,
}

/// Buttons that copy, and say that they did; where the browser forbids it, the link is shown to be copied by hand.
#[component]
pub fn CopyLink(props: &CopyLinkProps) -> Html {
    let said = use_state(|| None::<(Which, Said)>);
    let passing = use_mut_ref(|| None::<Timeout>);
    // The link with the recording, which is made when it is asked for.
    let made = use_state(|| None::<String>);
    // What was said of one link says nothing of the next.
    {
        let (said, made) = (said.setter(), made.setter());
        use_effect_with((props.setup.clone(), props.recording.clone()), move |_| {
            said.set(None);
            made.set(None);
        });
    }
    let Some(setup) = &props.setup else { return html! {} };
    let link = address_of(&props.page.route(props.demo, setup));
    let copy = |which: Which| {
        let (said, made, link) = (said.setter(), made.setter(), link.clone());
        let recording = props.recording.clone().filter(|_| which == Which::Recorded);
        let passing = passing.clone();
        Callback::from(move |_: MouseEvent| {
            let (said, made, link, recording) = (said.clone(), made.clone(), link.clone(), recording.clone());
            let passing = passing.clone();
            spawn_local(async move {
                let link = match recording {
                    Some(recording) => with_recording(&link, &recording).await,
                    None => Ok(link),
                };
                if let (Which::Recorded, Ok(link)) = (which, &link) {
                    made.set(Some(link.clone()));
                }
                let became = match link {
                    Ok(link) if dom::copy(&link).await.is_ok() => Said::Copied,
                    Ok(link) => Said::ByHand(link),
                    Err(problem) => Said::Problem(problem),
                };
                let passes = became == Said::Copied;
                said.set(Some((which, became)));
                // In the place of the one of an earlier copy, which would take this one's words along.
                passing.replace(passes.then(|| Timeout::new(2_500, move || said.set(None))));
            });
        })
    };
    let is_copied = |which| matches!(&*said, Some((of, Said::Copied)) if *of == which);
    html! {
        <>
            <button type="button" class="quiet" data-test="copy-link" data-link={link.clone()} onclick={copy(Which::Plain)}>
                { if is_copied(Which::Plain) { "Link copied" } else { "Copy link" } }
            </button>
            if props.recording.is_some() {
                <button type="button" class="quiet" data-test="copy-recording" data-link={(*made).clone()} onclick={copy(Which::Recorded)}>
                    { if is_copied(Which::Recorded) { "Link copied" } else { "Link with this recording" } }
                </button>
            }
            if props.page == LinkTo::Demo {
                <a class="quiet" data-test="to-playground" href={format!("#{}", LinkTo::Playground.route(props.demo, setup))}>
                    { "Open in the playground" }
                </a>
            }
            if props.embeds {
                <a class="quiet" data-test="to-gallery" href={format!("#{}", LinkTo::Gallery(Tool::Html).route(props.demo, setup))}>
                    { "Embed it" }
                </a>
            }
            if let Some((_, Said::ByHand(link))) = &*said {
                <input class="link-by-hand" readonly=true value={link.clone()} aria-label="Link to this demo, to be copied by hand" />
            }
            if let Some((_, Said::Problem(words))) = &*said {
                <p class="field-error" role="alert" data-test="link-too-long">{ words }</p>
            }
        </>
    }
}

/// `link`, with what was recorded.
async fn with_recording(link: &str, recording: &Recording) -> Result<String, String> {
    let compressed = compressed(&recording.pack()).await?;
    let link = format!("{link}&trace={}", Recording::seal(&compressed));
    if link.len() > MOST_LINK {
        let (length, most) = (grouped(link.len() as u64), grouped(MOST_LINK as u64));
        return Err(format!(
            "With this recording the link would have {length} characters, and {most} is as much as programs pass on. \
             Save the trace as a file instead, below its chart: the page “Traces” opens it."
        ));
    }
    Ok(link)
}
