//! An embedded demo: the demo component, which a host may start and cancel, and of which it hears.

use yew::prelude::*;

use super::use_presence;
use crate::app::components::demo::{DemoView, link_notice};
use crate::app::hooks::{SessionRef, use_host};
use crate::app::workbench::use_workbench;
use crate::demo::{Demo, Linked};
use crate::embed::{Doing, Heard, Host, follow, news};

/// Which demo, and whose.
#[derive(Properties, PartialEq)]
pub struct EmbeddedDemoProps {
    /// The demo.
    pub demo: &'static Demo,
    /// What a link would say of it.
    pub link: AttrValue,
    /// Who is talked to.
    pub host: Option<Host>,
}

/// An embedded demo.
#[component]
pub fn EmbeddedDemo(props: &EmbeddedDemoProps) -> Html {
    let demo = props.demo;
    let read = use_memo(props.link.clone(), |link| Linked::parse(demo, link));
    let Linked { setup, recording, problems } = &*read;
    let is_ready = use_workbench().engines.is_some();
    let session = use_mut_ref(|| None::<SessionRef>);
    let orders = use_mut_ref(|| 0_u32);
    let order = use_state(|| None::<(u32, Doing)>);
    let on_heard = {
        let (session, order) = (session.clone(), order.setter());
        Callback::from(move |heard: Heard| {
            let session = session.borrow().clone().filter(|_| is_ready);
            let doing = follow(heard, session.as_ref().map(|session| &*session.0))?;
            if matches!(doing, Doing::Start | Doing::Cancel) {
                *orders.borrow_mut() += 1;
                order.set(Some((*orders.borrow(), doing)));
            }
            Ok(doing)
        })
    };
    let say = use_host(&props.host, on_heard);
    use_presence(&say, is_ready);
    let on_session = Callback::from(move |now: SessionRef| {
        let before = session.replace(Some(now.clone()));
        news(before.as_ref().map(|before| &*before.0), &now.0).into_iter().for_each(|said| say.emit(said));
    });
    html! {
        <>
            <h1 class="embed-title">{ demo.title }</h1>
            { link_notice(problems) }
            <DemoView {demo} setup={setup.clone()} recording={recording.clone()} folded=true order={*order} {on_session} />
        </>
    }
}
