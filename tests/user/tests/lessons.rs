//! Every lesson, played from its first step to its last by what its compiled file says: each wrong answer and the right one, predictions and
//! myths, every demo with its claims, and tasks until they are done. In Chromium predictions are made wrongly, in Firefox rightly. What is
//! measured is played alone; questions are answered beside other tests.

use user_tests::{Browser, Part, in_browser, in_browser_beside_others, play_lesson};

include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

fn play(browser: Browser, lesson: &str, part: Part) {
    let rightly = browser == Browser::Firefox;
    match part {
        Part::Answers => {
            in_browser_beside_others(browser, lesson, async |page| play_lesson(page, lesson, part, rightly).await);
        }
        Part::Runs => in_browser(browser, lesson, async |page| play_lesson(page, lesson, part, rightly).await),
    }
}
