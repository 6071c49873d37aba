//! The script of a task in a place where requests are answered from a list and nothing waits.

use std::cell::RefCell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::plan::Target;

/// Answers attempts in turn, and keeps what was recorded.
struct Place {
    answers: RefCell<Vec<Result<Vec<u8>, String>>>,
    marks: RefCell<Vec<MarkKind>>,
    /// The steps that another place computes, each with the answer that it was given; nothing where all is computed here.
    posted: Option<RefCell<Vec<(u32, Vec<u8>)>>>,
}

impl Host for Place {
    fn who(&self) -> String {
        "a test".into()
    }

    fn record(&self, kind: EventKind) {
        if let EventKind::Mark(_, mark) = kind {
            self.marks.borrow_mut().push(mark);
        }
    }

    async fn work(&self, task: TaskId, step: u32, work: Work, answer: Vec<u8>) -> (u64, Computed) {
        let Some(posted) = &self.posted else { return work_here(self, task, work, answer).await };
        posted.borrow_mut().push((step, answer));
        (100, Computed { answer: vec![9], ..Computed::default() })
    }

    async fn compute(&self, _: TaskId, computation: &mut Computation) -> u64 {
        std::iter::from_fn(|| computation.next_piece()).sum()
    }

    async fn request(&self, _: TaskId, _: u32, _: &Request, _: u32) -> Result<Vec<u8>, String> {
        self.answers.borrow_mut().remove(0)
    }

    async fn share(&self, _: TaskId, _: &Step) -> u64 {
        7
    }
}

fn carried_out(answers: Vec<Result<Vec<u8>, String>>, steps: Vec<Step>) -> (TaskResult, Vec<MarkKind>) {
    let place = Place { answers: answers.into(), marks: RefCell::default(), posted: None };
    let task = Task::new("task", steps);
    let result = at_once(carry_out(&place, TaskId(0), &task));
    (result, place.marks.into_inner())
}

fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("nothing waits here"),
    }
}

fn request(retries: u32) -> Step {
    Step::Io(Request { id: 0, target: Target::Slow { delay_ms: 0, bytes: 3, failures: 0 }, timeout_ms: 0, retries })
}

fn refused() -> Result<Vec<u8>, String> {
    Err("answered with status 503".into())
}

#[test]
fn a_result_is_the_sum_of_its_steps() {
    let primes = Step::Compute(Work::CountPrimes { from: 0, to: 100 });
    let (result, marks) = carried_out(vec![Ok(vec![0; 3])], vec![request(0), primes, Step::Acquire(0)]);
    assert_eq!((result.value, result.failure), (3 + 25 + 7, None));
    assert_eq!(marks, [MarkKind::RequestSent, MarkKind::Response]);
}

#[test]
fn a_failure_ends_the_task_before_its_next_step() {
    let (result, marks) = carried_out(vec![refused()], vec![request(0), Step::Acquire(0)]);
    assert_eq!((result.value, result.failure.as_deref()), (0, Some("answered with status 503")));
    assert_eq!(marks, [MarkKind::RequestSent, MarkKind::RequestFailed, MarkKind::Failed]);
}

#[test]
fn a_work_that_is_done_elsewhere_is_given_the_answer_and_gives_one_on() {
    let answers = RefCell::new(vec![Ok(vec![1, 2])]);
    let place = Place { answers, marks: RefCell::default(), posted: Some(RefCell::default()) };
    let work = || Step::Compute(Work::HashAnswer { times: 1 });
    let result = at_once(carry_out(&place, TaskId(0), &Task::new("task", vec![request(0), work(), work()])));
    assert_eq!((result.value, result.output, result.failure), (2 + 100 + 100, vec![], None));
    assert_eq!(place.posted.unwrap().into_inner(), [(1, vec![1, 2]), (2, vec![9])]);
}

#[test]
fn a_request_is_tried_again_as_often_as_it_may() {
    let (result, marks) = carried_out(vec![refused(), Ok(vec![0; 3])], vec![request(2)]);
    assert_eq!((result.value, result.failure), (3, None));
    assert_eq!(marks.iter().filter(|mark| **mark == MarkKind::RequestSent).count(), 2);
    let (result, _) = carried_out(vec![refused(), refused()], vec![request(1)]);
    assert_eq!(result.failure.as_deref(), Some("answered with status 503 (2 attempts)"));
}

#[test]
fn work_that_is_given_what_it_cannot_use_fails_its_task() {
    let decode = Step::Compute(Work::DecodePicture { times: 1 });
    let (result, marks) = carried_out(vec![Ok(vec![0; 3])], vec![request(0), decode]);
    assert_eq!(result.failure.as_deref(), Some("this is no PNG"));
    assert_eq!(marks.last(), Some(&MarkKind::Failed));
}

#[test]
fn time_off_the_core_is_ready_and_not_running() {
    // Four pieces of 0.1 ms, between the second and the third 5 ms without a core.
    let times = [0.0, 0.1, 0.2, 5.3, 5.4, 5.4];
    let clock = RefCell::new(times.iter());
    let recorded = RefCell::new(Vec::new());
    let mut pieces = [1; 4].into_iter();
    let value = at_once(compute_on_thread(
        TaskId(0),
        || pieces.next(),
        &OnCore::new(),
        || *clock.borrow_mut().next().unwrap(),
        |at_ms, kind| recorded.borrow_mut().push((at_ms, kind)),
        async |_| None,
    ));
    let states: Vec<_> = recorded
        .into_inner()
        .into_iter()
        .filter_map(|(at_ms, kind)| match kind {
            EventKind::Begin(_, state, _) => Some((at_ms, state)),
            _ => None,
        })
        .collect();
    assert_eq!(value, 4);
    assert_eq!(
        states.iter().map(|(_, state)| *state).collect::<Vec<_>>(),
        [State::Running, State::Ready, State::Running]
    );
    assert!((0.2..1.0).contains(&states[1].0) && states[2].0 == 5.3, "{states:?}");
}
