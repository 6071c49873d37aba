//! Judging an answer, part by part.

use super::{Answers, Choice, Given, Item, Question};

/// What is said of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a> {
    /// Whether all of it is right, which ends the question.
    pub right: bool,
    /// What is said of each part: of each option where several are right, of each place of an order, of each blank; else of the whole.
    /// A part that is right stays as it is.
    pub parts: Vec<Part<'a>>,
}

/// What is said of a part of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part<'a> {
    /// Whether it is right.
    pub right: bool,
    /// The lesson's reply, as HTML; empty where it has none to this.
    pub reply_html: &'a str,
}

impl Question {
    /// Judges an answer. `None` for what is no answer to this question, or not the whole of one.
    pub fn judge(&self, given: &Given) -> Option<Judged<'_>> {
        let parts = match (&self.answers, given) {
            (Answers::Single { options }, Given::Choice(id)) => vec![of_choice(options, id)?],
            (Answers::Multiple { options }, Given::Choices(ids)) => of_choices(options, ids)?,
            (Answers::Number(number), Given::Number(value)) => {
                let range = number.range(*value)?;
                vec![Part { right: range.correct, reply_html: &range.reply_html }]
            }
            (Answers::Order { items }, Given::Order(order)) => of_order(items, order)?,
            (Answers::Line(lines), Given::Line(line)) => vec![lines.judge(*line)?],
            (Answers::Trace(trace), Given::Blanks(ids)) if ids.len() == trace.blanks.len() => {
                let blanks = trace.blanks.iter().zip(ids);
                let part = blanks.map(|(blank, id)| {
                    let option = blank.options.iter().find(|option| option.id == *id)?;
                    Some(Part { right: option.correct, reply_html: &option.reply_html })
                });
                part.collect::<Option<Vec<_>>>()?
            }
            _ => return None,
        };
        Some(Judged { right: parts.iter().all(|part| part.right), parts })
    }
}

impl Judged<'_> {
    /// What came of an answer, as a sentence or two of plain text.
    pub fn words(&self, question: &Question, given: &Given) -> String {
        let (right, all) = (self.parts.iter().filter(|part| part.right).count(), self.parts.len());
        let not_yet = |what: &str, rest: &str| match right {
            0 => format!("Not yet: none of them is {what}. Read why, and try again."),
            1 => format!("Not yet: 1 of {all} is {what}, and stays so. {rest}"),
            _ => format!("Not yet: {right} of {all} are {what}, and stay so. {rest}"),
        };
        match (&question.answers, given) {
            _ if self.right => "Right.".into(),
            (Answers::Multiple { .. }, _) => not_yet("right", "Read why the others are not, and change them."),
            (Answers::Order { .. }, _) => not_yet("in place", "Move the others."),
            (Answers::Trace(_), _) => not_yet("right", "Read why the others are not, and choose again."),
            (Answers::Number(number), Given::Number(value)) => {
                format!("Not {}. Read why, and try again.", number.words(*value))
            }
            (_, Given::Line(line)) => format!("Not line {line}. Read why, and mark another."),
            _ => "Not this one. Read why, and choose again.".into(),
        }
    }
}

fn of_choice<'a>(options: &'a [Choice], id: &str) -> Option<Part<'a>> {
    let option = options.iter().find(|option| option.id == id)?;
    Some(Part { right: option.correct, reply_html: &option.reply_html })
}

/// An option is judged rightly if it is chosen as it should be. What is said to who judged it wrongly also says, in the end, why the chosen
/// ones are right.
fn of_choices<'a>(options: &'a [Choice], ids: &[String]) -> Option<Vec<Part<'a>>> {
    if ids.is_empty() || ids.iter().any(|id| options.iter().all(|option| option.id != *id)) {
        return None;
    }
    let is_right = |option: &Choice| ids.contains(&option.id) == option.correct;
    let all_right = options.iter().all(is_right);
    let part = |option: &'a Choice| {
        let right = is_right(option);
        let is_said = if all_right { option.correct } else { !right };
        Part { right, reply_html: if is_said { &option.reply_html } else { "" } }
    };
    Some(options.iter().map(part).collect())
}

/// Only of the first item that is out of place something is said: the others may be out of place because of it.
fn of_order<'a>(items: &'a [Item], order: &[u32]) -> Option<Vec<Part<'a>>> {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    if !sorted.into_iter().eq(0..items.len() as u32) {
        return None;
    }
    let first_wrong = (0..).zip(order).position(|(place, item)| place != *item);
    let part = |(place, item): (usize, &u32)| Part {
        right: *item as usize == place,
        reply_html: if first_wrong == Some(place) { &items[*item as usize].reply_html } else { "" },
    };
    Some(order.iter().enumerate().map(part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Range;
    use crate::lesson::question::{LineReply, Lines, Number};

    fn question(answers: Answers) -> Question {
        Question { id: "why".into(), hash: "1".into(), prompt_html: String::new(), answers }
    }

    fn choices(correct: &[bool]) -> Vec<Choice> {
        let choice = |(letter, correct): (char, &bool)| Choice {
            id: letter.into(),
            html: String::new(),
            correct: *correct,
            reply_html: format!("to {letter}"),
        };
        ('a'..).zip(correct).map(choice).collect()
    }

    /// A judgement in short: `+` or `-` for each part, with what is said of it.
    fn said(question: &Question, given: &Given) -> String {
        let Some(judged) = question.judge(given) else { return "no answer".into() };
        let part = |part: &Part| format!("{}{} ", if part.right { '+' } else { '-' }, part.reply_html);
        format!("{}{}", judged.parts.iter().map(part).collect::<String>(), if judged.right { "right" } else { "wrong" })
    }

    fn ids(ids: &str) -> Vec<String> {
        ids.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn one_option_is_right_and_each_has_its_reply() {
        let question = question(Answers::Single { options: choices(&[false, true]) });
        let of = |id: &str| said(&question, &Given::Choice(id.into()));
        assert_eq!([of("a"), of("b"), of("c")], ["-to a wrong", "+to b right", "no answer"]);
        assert_eq!(said(&question, &Given::Line(1)), "no answer");
    }

    #[test]
    fn of_several_options_those_judged_wrongly_are_told() {
        let question = question(Answers::Multiple { options: choices(&[true, false, true]) });
        let of = |chosen: &str| said(&question, &Given::Choices(ids(chosen)));
        assert_eq!(of("a"), "+ + -to c wrong");
        assert_eq!(of("b"), "-to a -to b -to c wrong");
        assert_eq!(of("a b c"), "+ -to b + wrong");
        assert_eq!(of("a c"), "+to a + +to c right");
        assert_eq!([of(""), of("a d")], ["no answer"; 2]);
    }

    #[test]
    fn a_number_has_the_reply_of_its_range() {
        let range = |below, correct, reply: &str| Range { below, correct, reply_html: reply.into() };
        let ranges =
            vec![range(Some(290.0), false, "less"), range(Some(310.0), true, "so"), range(None, false, "more")];
        let question = question(Answers::Number(Number { unit: "ms".into(), from: Some(0.0), to: None, ranges }));
        let of = |value| said(&question, &Given::Number(value));
        assert_eq!(
            [of(0.0), of(290.0), of(310.0), of(-1.0), of(f64::NAN)],
            ["-less wrong", "+so right", "-more wrong", "no answer", "no answer"]
        );
    }

    #[test]
    fn of_an_order_the_first_item_out_of_place_is_told() {
        let item = |number: u32| Item { html: String::new(), reply_html: format!("to {number}") };
        let question = question(Answers::Order { items: (0..4).map(item).collect() });
        let of = |order: &[u32]| said(&question, &Given::Order(order.to_vec()));
        assert_eq!(of(&[0, 1, 2, 3]), "+ + + + right");
        assert_eq!(of(&[0, 3, 2, 1]), "+ -to 3 + - wrong");
        assert_eq!([of(&[0, 1, 2]), of(&[0, 1, 2, 2]), of(&[0, 1, 2, 4])], ["no answer"; 3]);
    }

    #[test]
    fn a_line_that_is_not_named_has_the_reply_to_all_others() {
        let reply = |line, correct, reply: &str| LineReply { line, correct, reply_html: reply.into() };
        let lines = Lines {
            html: "a\n\nb\nc".into(),
            replies: vec![reply(3, true, "there"), reply(1, false, "no")],
            other_html: "else".into(),
        };
        let question = question(Answers::Line(lines));
        let of = |line| said(&question, &Given::Line(line));
        assert_eq!([of(1), of(3), of(4)], ["-no wrong", "+there right", "-else wrong"]);
        assert_eq!([of(0), of(2), of(5)], ["no answer"; 3], "an empty line cannot be marked");
    }

    #[test]
    fn what_came_of_it_is_said() {
        let words = |question: &Question, given: Given| question.judge(&given).unwrap().words(question, &given);
        let several = question(Answers::Multiple { options: choices(&[true, false, true]) });
        let of = |chosen: &str| words(&several, Given::Choices(ids(chosen)));
        let rest = "Read why the others are not, and change them.";
        assert_eq!(of("a"), format!("Not yet: 2 of 3 are right, and stay so. {rest}"));
        assert_eq!(of("a b"), format!("Not yet: 1 of 3 is right, and stays so. {rest}"));
        assert_eq!(of("b"), "Not yet: none of them is right. Read why, and try again.");
        assert_eq!(of("a c"), "Right.");
        let ranges = vec![Range { below: None, correct: false, reply_html: String::new() }];
        let number = question(Answers::Number(Number { unit: "ms".into(), from: None, to: None, ranges }));
        assert_eq!(words(&number, Given::Number(2.5)), "Not 2.5 ms. Read why, and try again.");
    }

    #[test]
    fn each_blank_is_judged() {
        let question = question(Answers::Trace(super::super::trace::tests::two_blanks()));
        let of = |chosen: &[&str]| said(&question, &Given::Blanks(chosen.iter().map(|id| (*id).into()).collect()));
        assert_eq!(of(&["a", "a"]), "+runs -waits wrong");
        assert_eq!(of(&["a", "b"]), "+runs +over right");
        assert_eq!([of(&["a", ""]), of(&["a"]), of(&["a", "c"])], ["no answer"; 3]);
    }
}
