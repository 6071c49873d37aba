//! Questions of every kind, answered as a learner does with a pointer and with keys alone, wrong and right, and kept over a reload; with
//! hints, what is set apart, and the source of what runs.

use std::rc::Rc;

use anyhow::{Result, ensure};
use interleave::lesson::{Given, Question};
use thirtyfour::Key;
use user_tests::questions::{answer, lesson, lies, of, open_afresh, play, questions_of, right};
use user_tests::{Page, hook, in_both_browsers, isolated};
use xtask::server::Server;

in_both_browsers!(
    beside others:
    every_wrong_answer_has_a_reply_of_its_own_and_the_right_one_ends_the_question,
    options_are_chosen_with_keys,
    several_options_are_chosen_with_keys_and_what_was_right_stays,
    a_number_is_typed_and_what_is_none_is_told,
    an_order_is_made_with_keys_and_the_focus_follows,
    an_order_is_made_by_dragging,
    a_line_is_marked_with_keys,
    a_trace_is_filled_in_with_keys,
    hints_are_shown_one_after_another,
    a_listing_shows_the_rust_that_runs,
);

/// Opens the step with this question of the lesson that is told to tests alone.
async fn asked(page: &Page, id: &str) -> Result<(Rc<Server>, Question)> {
    let lesson = lesson("kinds")?;
    let (step, question) =
        questions_of(&lesson).find(|(_, question)| question.id == id).expect("there is such a question");
    let server = isolated()?;
    open_afresh(page, &server.url(), "kinds", step).await?;
    Ok((server, question.clone()))
}

async fn focus(page: &Page, selector: &str) -> Result<()> {
    Ok(page.find(selector).await?.focus().await?)
}

async fn has_focus(page: &Page, name: &str) -> Result<()> {
    page.until(&format!("return document.activeElement.dataset.test === '{name}'")).await
}

/// Presses the button that answers, by keys; whether it is right must be this.
async fn answer_by_keys(page: &Page, question: &Question, is_right: bool) -> Result<()> {
    page.find(&format!("{}:enabled", of(question, "answer"))).await?;
    focus(page, &of(question, "answer")).await?;
    page.keys(Key::Enter).await?;
    page.find(&format!("{}[data-correct=\"{is_right}\"]", of(question, "reply"))).await?;
    match is_right {
        // The focus goes to what has taken the button's place, and is said.
        true => page.until("return document.activeElement.classList.contains('outcome')").await,
        false => has_focus(page, "answer").await,
    }
}

/// Loads the page anew: the answer is there, and right.
async fn is_kept(page: &Page, question: &Question) -> Result<()> {
    page.session().refresh().await?;
    page.find(&format!("{}[data-correct=\"true\"]", of(question, "reply"))).await?;
    ensure!(page.all(&of(question, "answer")).await?.is_empty());
    Ok(())
}

async fn every_wrong_answer_has_a_reply_of_its_own_and_the_right_one_ends_the_question(page: &Page) -> Result<()> {
    let server = isolated()?;
    for (step, question) in questions_of(&lesson("kinds")?) {
        open_afresh(page, &server.url(), "kinds", step).await?;
        play(page, question, async || open_afresh(page, &server.url(), "kinds", step).await).await?;
        is_kept(page, question).await?;
    }
    Ok(())
}

async fn options_are_chosen_with_keys(page: &Page) -> Result<()> {
    let (_server, question) = asked(page, "one").await?;
    ensure!(!page.find(&of(&question, "answer")).await?.is_enabled().await?, "nothing is chosen yet");
    focus(page, &of(&question, "option-a")).await?;
    page.keys(" ").await?;
    page.keys(Key::Down).await?;
    page.keys(Key::Down).await?;
    page.find(&format!("{}:checked", of(&question, "option-c"))).await?;
    ensure!(page.all(&of(&question, "reply")).await?.is_empty(), "who looks at options has not answered");
    answer_by_keys(page, &question, false).await?;
    page.text_with(&of(&question, "reply"), "There are hints below.").await?;
    focus(page, &of(&question, "option-c")).await?;
    page.keys(Key::Up).await?;
    answer_by_keys(page, &question, true).await?;
    is_kept(page, &question).await
}

async fn several_options_are_chosen_with_keys_and_what_was_right_stays(page: &Page) -> Result<()> {
    let (_server, question) = asked(page, "several").await?;
    for option in ["option-a", "option-b"] {
        focus(page, &of(&question, option)).await?;
        page.keys(" ").await?;
    }
    answer_by_keys(page, &question, false).await?;
    page.text_with(&of(&question, "reply"), "Not yet: 2 of 4 are right, and stay so.").await?;
    for (option, is_open) in [("option-a", false), ("option-b", true), ("option-c", true), ("option-d", false)] {
        ensure!(page.find(&of(&question, option)).await?.is_enabled().await? == is_open, "{option}");
    }
    page.session().refresh().await?;
    page.find(&format!("{}:disabled:checked", of(&question, "option-a"))).await?;
    ensure!(page.all(&of(&question, "part-reply")).await?.len() == 2, "the replies to b and c are kept, too");
    for option in ["option-b", "option-c"] {
        focus(page, &of(&question, option)).await?;
        page.keys(" ").await?;
    }
    answer_by_keys(page, &question, true).await?;
    is_kept(page, &question).await
}

async fn a_number_is_typed_and_what_is_none_is_told(page: &Page) -> Result<()> {
    let (_server, question) = asked(page, "long").await?;
    let field = of(&question, "number");
    let typed = async |text: &str| {
        page.type_into(&field, text).await?;
        page.keys(Key::Enter).await
    };
    for (text, said) in [
        ("", "Type a number first."),
        ("about 300", "“about 300” is no number"),
        ("2,700", "type 2700, or 2.700"),
        ("-1", "Type a number from 0 to 100000 ms."),
    ] {
        typed(text).await?;
        page.text_with(&of(&question, "number-error"), said).await?;
        ensure!(page.attribute(&field, "aria-invalid").await? == "true");
        ensure!(page.all(&of(&question, "reply")).await?.is_empty(), "that was no try");
    }
    typed("12,5").await?;
    page.text_with(&of(&question, "reply"), "Not 12.5 ms.").await?;
    page.text_with(&of(&question, "reply"), "No wait became shorter.").await?;
    has_focus(page, "number").await?;
    typed("300.5 ms").await?;
    page.text_with(&of(&question, "reply"), "As long as one.").await?;
    has_focus(page, "number").await?;
    is_kept(page, &question).await?;
    ensure!(page.value(&field).await? == "300.5");
    Ok(())
}

/// Moves what lies at `from` to `to` with arrow keys; the focus goes along.
async fn carry(page: &Page, question: &Question, from: usize, to: usize) -> Result<()> {
    let at = |place: usize| format!("{}[data-place=\"{place}\"]", of(question, "item"));
    let item = page.attribute(&at(from), "data-item").await?;
    focus(page, &format!("{} {}", at(from), hook("up"))).await?;
    while page.attribute(&format!("{}[data-item=\"{item}\"]", of(question, "item")), "data-place").await?
        != to.to_string()
    {
        let before = page.attribute(&format!("{}[data-item=\"{item}\"]", of(question, "item")), "data-place").await?;
        page.keys(if from > to { Key::Up } else { Key::Down }).await?;
        page.find(&format!("{}[data-item=\"{item}\"]:not([data-place=\"{before}\"])", of(question, "item"))).await?;
        page.until(&format!("return document.activeElement.closest('li')?.dataset.item === '{item}'")).await?;
    }
    Ok(())
}

async fn an_order_is_made_with_keys_and_the_focus_follows(page: &Page) -> Result<()> {
    let (_server, question) = asked(page, "sequence").await?;
    let order = lies(page, &question).await?;
    ensure!((0..).zip(&order).all(|(place, item)| place != *item), "{order:?}");
    // First right but for the last two.
    for (place, item) in [0, 1, 3, 2].into_iter().enumerate() {
        let from = lies(page, &question).await?.iter().position(|other| *other == item).expect("it is there");
        carry(page, &question, from, place).await?;
    }
    answer_by_keys(page, &question, false).await?;
    page.text_with(&of(&question, "part-reply"), "Only what has arrived can be counted.").await?;
    ensure!(page.all(&of(&question, "part-reply")).await?.len() == 1);
    ensure!(page.all(&format!("{}.fixed", of(&question, "item"))).await?.len() == 2);
    carry(page, &question, 3, 2).await?;
    // What stays in place is an end.
    page.keys(Key::Up).await?;
    ensure!(lies(page, &question).await? == [0, 1, 2, 3]);
    answer_by_keys(page, &question, true).await?;
    is_kept(page, &question).await?;
    ensure!(lies(page, &question).await? == [0, 1, 2, 3]);
    Ok(())
}

async fn an_order_is_made_by_dragging(page: &Page) -> Result<()> {
    let (_server, question) = asked(page, "sequence").await?;
    let at = |place: usize| format!("{}[data-place=\"{place}\"] .order-text", of(&question, "item"));
    for item in 0..4_u32 {
        let order = lies(page, &question).await?;
        let from = order.iter().position(|other| *other == item).expect("it is there");
        let place = item as usize;
        if from == place {
            continue;
        }
        let (x, from_y) = page.middle(&at(from)).await?;
        let top = format!("return Math.round(document.querySelector('{}').getBoundingClientRect().top)", at(place));
        let to_y = page.evaluate(&top).await?.as_i64().expect("it has a place");
        let chain = page.session().action_chain().move_to(x, from_y).click_and_hold();
        // By way of a point between; above the middle of what lies there.
        chain.move_to(x, (from_y + to_y) / 2).move_to(x, to_y + 2).release().perform().await?;
        let put = format!("{}[data-place=\"{place}\"][data-item=\"{item}\"]", of(&question, "item"));
        page.find(&put).await?;
    }
    page.click(&of(&question, "answer")).await?;
    page.find(&format!("{}[data-correct=\"true\"]", of(&question, "reply"))).await?;
    Ok(())
}

async fn a_line_is_marked_with_keys(page: &Page) -> Result<()> {
    let (_server, question) = asked(page, "bug").await?;
    ensure!(page.all(&of(&question, "line-3")).await?.is_empty(), "an empty line cannot be marked");
    focus(page, &of(&question, "line-1")).await?;
    page.keys(" ").await?;
    page.keys(Key::Down).await?;
    page.find(&format!("{}:checked", of(&question, "line-2"))).await?;
    answer_by_keys(page, &question, false).await?;
    page.text_with(&of(&question, "reply"), "Not line 2. Read why, and mark another.").await?;
    page.text_with(&of(&question, "reply"), "A sum waits for nothing.").await?;
    focus(page, &of(&question, "line-2")).await?;
    page.keys(Key::Down).await?;
    page.keys(Key::Down).await?;
    answer_by_keys(page, &question, true).await?;
    is_kept(page, &question).await
}

async fn a_trace_is_filled_in_with_keys(page: &Page) -> Result<()> {
    let (_server, question) = asked(page, "gaps").await?;
    let row = format!("[data-question=\"{}\"] svg[aria-label^=\"request 1\"]", question.id);
    let seen = page.attribute(&row, "aria-label").await?;
    ensure!(seen == "request 1: A from 0 ms to 300 ms; B from 300 ms to 900 ms", "{seen}");
    for option in ["blank-A-b", "blank-B-a"] {
        focus(page, &of(&question, option)).await?;
        page.keys(" ").await?;
    }
    ensure!(!page.find(&of(&question, "answer")).await?.is_enabled().await?, "C is empty");
    focus(page, &of(&question, "blank-C-a")).await?;
    page.keys(" ").await?;
    answer_by_keys(page, &question, false).await?;
    page.text_with(&of(&question, "reply"), "Not yet: 2 of 3 are right, and stay so.").await?;
    page.text_with(&of(&question, "part-reply"), "It has its answer.").await?;
    let seen = page.attribute(&row, "aria-label").await?;
    ensure!(seen == "request 1: waiting for I/O from 0 ms to 300 ms; B from 300 ms to 900 ms", "{seen}");
    focus(page, &of(&question, "blank-B-a")).await?;
    page.keys(Key::Down).await?;
    answer_by_keys(page, &question, true).await?;
    is_kept(page, &question).await
}

async fn hints_are_shown_one_after_another(page: &Page) -> Result<()> {
    let (_server, question) = asked(page, "one").await?;
    ensure!(page.all(&of(&question, "hint")).await?.is_empty());
    for (button, said) in
        [("Hint 1 of 3", "It is not the first."), ("Hint 2 of 3", "the third"), ("Hint 3 of 3", "There are three.")]
    {
        page.text_with(&of(&question, "next-hint"), button).await?;
        focus(page, &of(&question, "next-hint")).await?;
        page.keys(Key::Enter).await?;
        page.text_with(&of(&question, "hint"), said).await?;
    }
    ensure!(page.all(&of(&question, "next-hint")).await?.is_empty());
    page.until("return document.activeElement.getAttribute('aria-label') === 'Hints'").await?;
    let (_server, question) = asked(page, "one").await?;
    answer(page, &question, &Given::Choice("a".into())).await?;
    answer(page, &question, &right(&question)).await?;
    ensure!(page.all(&of(&question, "next-hint")).await?.is_empty(), "who has the answer needs no hint");
    Ok(())
}

async fn a_listing_shows_the_rust_that_runs(page: &Page) -> Result<()> {
    let (_server, _) = asked(page, "one").await?;
    page.text_with(&hook("tab-panel"), "requests.get(url)").await?;
    focus(page, &hook("tab-program")).await?;
    page.keys(Key::Right).await?;
    page.text_with(&hook("tab-panel"), "src/engine/browser/requests.rs").await?;
    page.text_with(&hook("tab-panel"), "async fn responder(plan: &Plan) -> RequestsBy").await?;
    has_focus(page, "tab-runs").await?;
    ensure!(page.all(&format!("{} a", hook("tab-panel"))).await?.is_empty(), "no address of anybody else");
    page.keys(Key::Home).await?;
    has_focus(page, "tab-program").await?;
    page.text_with(&hook("tab-panel"), "requests.get(url)").await.map(drop)
}
