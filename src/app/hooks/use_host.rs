//! The window and the port through which an embedded page talks to its host, and nothing but these: `crate::embed` says what is taken,
//! what it means and what is said.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, MessagePort};
use yew::prelude::*;

use crate::app::dom::{warn, window};
use crate::app::json;
use crate::app::preferences::{Theme, use_preferences};
use crate::embed::{Doing, Handshake, Heard, Host, Letter, MOST_LENGTH, Message, Offer, Refusal, Said, Unfollowed};

/// What does what a host says, or says why not.
type Follow = Callback<Heard, Result<Doing, Unfollowed>>;

/// The port once it is there, with what listens at it; until then what is to be said.
#[derive(Default)]
struct Line {
    port: Option<MessagePort>,
    listens: Option<Closure<dyn FnMut(MessageEvent)>>,
    unsaid: Vec<Said>,
}

impl Line {
    fn say(&mut self, said: Said) {
        match &self.port {
            Some(port) => post(port, &said),
            None => self.unsaid.push(said),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.port.iter().for_each(|port| {
            port.set_onmessage(None);
            port.close();
        });
    }
}

/// Says something to the host.
#[derive(Clone)]
pub struct Say(Rc<RefCell<Line>>);

impl PartialEq for Say {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Say {
    /// Says it, as soon as there is a port.
    pub fn emit(&self, said: Said) {
        self.0.borrow_mut().say(said);
    }
}

/// Talks to `host`, if there is one that wants to; `follow` does what it says.
#[hook]
pub fn use_host(host: &Option<Host>, follow: Follow) -> Say {
    let line = use_mut_ref(Line::default);
    let choose = use_preferences().choose;
    // Whoever listens does what the newest rendering would.
    let newest = use_mut_ref(|| follow.clone());
    newest.replace(follow);
    let say = Say(Rc::clone(&line));
    {
        let say = say.clone();
        use_effect_with(host.clone(), move |host| {
            let listener = host.clone().filter(|_| is_framed()).map(|host| {
                greet(&host);
                let on_said = move |data: &JsValue| match message(data).and_then(Heard::of) {
                    Ok(heard) => match newest.borrow().emit(heard) {
                        Ok(Doing::Theme { dark }) => choose.emit(if dark { Theme::Dark } else { Theme::Light }),
                        Ok(_) => {}
                        Err(why) => say.emit(Said::Error { message: why.to_string() }),
                    },
                    Err(refusal) => ignored(&refusal),
                };
                listen(host, Rc::new(on_said), line)
            });
            move || drop(listener)
        });
    }
    say
}

fn is_framed() -> bool {
    parent().is_some()
}

/// The window around this frame.
fn parent() -> Option<web_sys::Window> {
    window().parent().ok().flatten().filter(|parent| !js_sys::Object::is(parent, &window()))
}

/// Tells exactly the host that the frame is there.
fn greet(host: &Host) {
    let hello = json::write(&Letter::new(&Said::Hello { nonce: host.nonce.clone() }));
    if let Some(parent) = parent()
        && parent.post_message(&hello.into(), host.target()).is_err()
    {
        warn(&format!("Interleave: “{}” is no origin that could be talked to", host.origin));
    }
}

/// Waits for the port, and from then on for what comes through it.
fn listen(host: Host, on_said: Rc<dyn Fn(&JsValue)>, line: Rc<RefCell<Line>>) -> EventListener {
    let mut handshake = Handshake::new(host);
    EventListener::new(&window(), "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let from_parent =
            parent().zip(event.source()).is_some_and(|(parent, source)| js_sys::Object::is(&parent, &source));
        let (origin, message) = (event.origin(), message(&event.data()));
        let offer = Offer { origin: &origin, from_parent, ports: event.ports().length(), message };
        if let Err(refusal) = handshake.take(offer) {
            return ignored(&refusal);
        }
        let port: MessagePort = event.ports().get(0).unchecked_into();
        let on_said = Rc::clone(&on_said);
        let listens = Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| on_said(&event.data()));
        port.set_onmessage(Some(listens.as_ref().unchecked_ref()));
        let mut line = line.borrow_mut();
        line.unsaid.drain(..).for_each(|said| post(&port, &said));
        (line.port, line.listens) = (Some(port), Some(listens));
    })
}

/// A message, of which no more is copied than one may have.
fn message(data: &JsValue) -> Result<Message, Refusal> {
    let text = data.dyn_ref::<JsString>().ok_or(Refusal::NotText)?;
    if text.length() > MOST_LENGTH {
        return Err(Refusal::TooLong);
    }
    Message::read(&String::from(text), json::read)
}

fn ignored(refusal: &Refusal) {
    warn(&format!("Interleave: a message was ignored: {refusal}"));
}

fn post(port: &MessagePort, said: &Said) {
    if port.post_message(&json::write(&Letter::new(said)).into()).is_err() {
        warn("Interleave: the host could not be told");
    }
}
