//! Myths: a claim that is often heard, and the replies to who calls it true, false or half right.

use interleave::lesson::{Asked, DemoBlock, Prediction, Truth, TruthReply};

use super::blocks::{Ids, check_one_is_right, demo_of, hash_of, reply, required_id};
use super::error::{Checked, mistake};
use super::head::Head;
use super::markdown;
use super::source::Text;

/// The myth written in `body`, which names one of `demos`, those of its step.
pub fn myth(head: &Head, body: &Text, demos: &[DemoBlock], ids: &mut Ids) -> Checked<Prediction> {
    head.only(&["demo"])?;
    let id = required_id(head, ids)?;
    let demo = demo_of(head, demos, "a myth")?;
    let lists = markdown::choice_lists(body, true)?;
    let [list] = lists.as_slice() else {
        return mistake(head.line, format!("a myth has one list of replies; this one has {}", lists.len()));
    };
    check_one_is_right(&list.options, head.line)?;
    let wanted = "the replies are to `true`, `false` and `depends`, as code, in this order";
    if list.options.len() != Truth::ALL.len() {
        return mistake(head.line, format!("{wanted}; here are {}", list.options.len()));
    }
    let replies = Truth::ALL.into_iter().zip(&list.options).map(|(truth, option)| match &option.code {
        Some(code) if code == truth.key() => {
            Ok(TruthReply { truth, correct: option.correct, reply_html: reply(option)? })
        }
        _ => mistake(option.line, format!("“{}” is expected here: {wanted}", truth.key())),
    });
    let asked = Asked::Myth { replies: replies.collect::<Checked<_>>()? };
    let Some(engine) = demo.engines.first().copied() else {
        return mistake(head.line, format!("the demo “{}” runs no engine", demo.id));
    };
    let (hash, prompt_html) = (String::new(), list.prompt_html.clone());
    let mut myth = Prediction { id, hash, demo: demo.id.clone(), engine, prompt_html, asked };
    myth.hash = hash_of(&myth);
    Ok(myth)
}
