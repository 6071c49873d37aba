//! Charts as they are handled with a mouse, with fingers and by buttons; what is sorted and printed.

use anyhow::{Result, ensure};
use thirtyfour::Key;
use user_tests::{Page, chart, charts_at_rest, hook, in_both_browsers};

in_both_browsers!(
    buttons_do_what_keys_do,
    a_wheel_zooms_a_focused_chart_or_with_control_and_else_scrolls_the_page,
    two_fingers_zoom_and_one_leaves_the_page_to_scroll,
    a_drag_moves_the_picture_and_with_shift_selects_a_range,
    the_axis_moves_the_playhead_and_a_loop_begins_again,
    the_overview_is_dragged,
    the_table_is_sorted_by_its_headings,
    charts_are_printed_sharp_and_light,
);

/// The chart of requests one after another.
const STAIRS: &str = "await-each";
/// From the middle of that chart of three requests to the second at half-time: to the right, since labels stand on the left, and up, CSS
/// px. A request may be late by a third of the whole before something else lies there.
const RIGHT: i64 = 36;
const ROW: i64 = -20;

async fn buttons_do_what_keys_do(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 3).await?;
    let all = page.shown(STAIRS).await?;
    page.click(&hook("zoom-in")).await?;
    let closer = page.shown_other_than(STAIRS, all).await?;
    page.click(&hook("later")).await?;
    let later = page.shown_other_than(STAIRS, closer).await?;
    page.click(&hook("earlier")).await?;
    let earlier = page.shown_other_than(STAIRS, later).await?;
    page.click(&hook("zoom-out")).await?;
    let farther = page.shown_other_than(STAIRS, earlier).await?;
    if farther != all {
        page.click(&hook("fit-all")).await?;
        ensure!(page.shown_other_than(STAIRS, farther).await? == all);
    }
    for switch in ["arrows", "critical", "range-switch"] {
        page.find(&format!("{}[aria-pressed=\"false\"]", hook(switch))).await?;
        page.click(&hook(switch)).await?;
        page.find(&format!("{}[aria-pressed=\"true\"]", hook(switch))).await?;
    }
    // With the switch for ranges a tap selects the stretch of what it meets.
    let (x, y) = page.middle(&chart(STAIRS, "plot")).await?;
    page.session().action_chain().move_to(x + RIGHT, y + ROW).click().perform().await?;
    page.text_with(&chart(STAIRS, "range"), "From ").await?;
    page.click(&hook("fit-selection")).await?;
    page.shown_other_than(STAIRS, all).await?;
    page.click(&chart(STAIRS, "clear")).await?;
    page.until("return !document.querySelector('[data-test=facts]')").await?;
    page.click(&hook("search")).await?;
    page.find(&hook("task-search")).await?;
    page.click(&hook("help")).await?;
    page.click(&hook("keys-close")).await?;
    page.until("return !document.querySelector('[data-test=keys]')").await
}

/// Dispatches an event of this class and these settings in the middle of the stairs, on a slice; whether it was taken.
async fn dispatched(page: &Page, class: &str, name: &str, settings: &str) -> Result<bool> {
    let plot = chart(STAIRS, "plot");
    let script = format!(
        "const plot = document.querySelector('{plot}'); const box = plot.getBoundingClientRect(); \
         const [x, y] = [box.left + box.width / 2 + {RIGHT}, box.top + box.height / 2 + {ROW}]; \
         return !plot.firstElementChild.dispatchEvent(new {class}('{name}', {{ bubbles: true, cancelable: true, clientX: x, clientY: y, ...{settings} }}))"
    );
    Ok(page.evaluate(&script).await? == true)
}

async fn a_wheel_zooms_a_focused_chart_or_with_control_and_else_scrolls_the_page(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 3).await?;
    let all = page.shown(STAIRS).await?;
    ensure!(!dispatched(page, "WheelEvent", "wheel", "{ deltaY: -120 }").await?, "the page may scroll");
    ensure!(page.shown(STAIRS).await? == all);
    ensure!(dispatched(page, "WheelEvent", "wheel", "{ deltaY: -120, ctrlKey: true }").await?);
    let closer = page.shown_other_than(STAIRS, all).await?;
    ensure!(closer.0 > all.0 && closer.1 < all.1, "at the pointer, which is in the middle: {closer:?}");
    page.focus_plot(STAIRS).await?;
    ensure!(dispatched(page, "WheelEvent", "wheel", "{ deltaY: -120 }").await?);
    let closest = page.shown_other_than(STAIRS, closer).await?;
    ensure!(closest.1 - closest.0 < closer.1 - closer.0);
    ensure!(dispatched(page, "WheelEvent", "wheel", "{ deltaY: 60, shiftKey: true }").await?);
    let moved = page.shown_other_than(STAIRS, closest).await?;
    ensure!(moved.0 > closest.0);
    Ok(())
}

async fn two_fingers_zoom_and_one_leaves_the_page_to_scroll(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 3).await?;
    let all = page.shown(STAIRS).await?;
    let finger = |id: u32, dx: i32| {
        format!(
            "{{ pointerId: {id}, pointerType: 'touch', isPrimary: {}, button: 0, buttons: 1, clientX: x + {dx} }}",
            id == 11
        )
    };
    for (name, id, dx) in
        [("pointerdown", 11, -20), ("pointerdown", 12, 20), ("pointermove", 12, 100), ("pointerup", 11, 0)]
    {
        dispatched(page, "PointerEvent", name, &finger(id, dx)).await?;
    }
    dispatched(page, "PointerEvent", "pointerup", &finger(12, 100)).await?;
    let pinched = page.shown_other_than(STAIRS, all).await?;
    ensure!((all.1 - all.0) / (pinched.1 - pinched.0) > 2.0, "40 px became 120: {pinched:?} of {all:?}");
    let touch_action =
        format!("return getComputedStyle(document.querySelector('{}')).touchAction", chart(STAIRS, "plot"));
    ensure!(page.evaluate(&touch_action).await? == "pan-y", "up and down is the page's");
    // A tap selects.
    dispatched(page, "PointerEvent", "pointerdown", &finger(13, 0)).await?;
    dispatched(page, "PointerEvent", "pointerup", &finger(13, 0)).await?;
    page.text_with(&chart(STAIRS, "facts"), "request").await?;
    Ok(())
}

async fn a_drag_moves_the_picture_and_with_shift_selects_a_range(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 3).await?;
    let all = page.shown(STAIRS).await?;
    let (x, y) = page.middle(&chart(STAIRS, "plot")).await?;
    page.session().action_chain().move_to(x + RIGHT, y + ROW).click().perform().await?;
    page.text_with(&chart(STAIRS, "facts"), "state").await?;
    let drag = |by: i64| page.session().action_chain().move_to(x, y).click_and_hold().move_by_offset(by, 0).release();
    page.session().action_chain().key_down(Key::Shift).perform().await?;
    drag(80).perform().await?;
    page.session().action_chain().key_up(Key::Shift).perform().await?;
    page.text_with(&chart(STAIRS, "range"), "From ").await?;
    ensure!(page.shown(STAIRS).await? == all, "nothing has moved");
    page.keys("w").await?;
    let closer = page.shown_other_than(STAIRS, all).await?;
    drag(60).perform().await?;
    let moved = page.shown_other_than(STAIRS, closer).await?;
    ensure!(moved.0 < closer.0, "to earlier times: {moved:?}");
    Ok(())
}

async fn the_axis_moves_the_playhead_and_a_loop_begins_again(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 9).await?;
    let (x, y) = page.middle(&chart("gather", "plot")).await?;
    let before = page.text(&hook("replay-time")).await?;
    let half = page
        .evaluate(&format!(
            "return document.querySelector('{}').getBoundingClientRect().height / 2",
            chart("gather", "plot")
        ))
        .await?;
    let down = half.as_f64().unwrap_or_default() as i64 - 6;
    page.session().action_chain().move_to(x, y + down).click().perform().await?;
    page.text_other_than(&hook("replay-time"), &before).await?;
    page.click(&hook("loop")).await?;
    page.find(&format!("{}[aria-pressed=\"true\"]", hook("loop"))).await?;
    page.select(&hook("speed"), "20").await?;
    // The run takes under a second: at 20 times the speed it comes round many times.
    page.evaluate(
        "window.turns = 0; let last = 0; new MutationObserver(([change]) => { \
         const at = document.querySelector('[data-test=scrub]').valueAsNumber; if (at < last) window.turns += 1; last = at; \
         }).observe(document.querySelector('[data-test=replay-time]'), { childList: true, characterData: true, subtree: true })",
    )
    .await?;
    page.click(&hook("play")).await?;
    page.until("return turns >= 2").await?;
    page.click(&hook("play")).await
}

async fn the_overview_is_dragged(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 9).await?;
    let all = page.shown("gather").await?;
    page.click(&hook("zoom-in")).await?;
    let closer = page.shown_other_than("gather", all).await?;
    // Its window begins left of the middle and ends right of it.
    let (x, y) = page.middle(&hook("overview")).await?;
    page.session().action_chain().move_to(x, y).click_and_hold().move_by_offset(40, 0).release().perform().await?;
    let moved = page.shown_other_than("gather", closer).await?;
    ensure!(
        moved.0 > closer.0 && (moved.1 - moved.0 - (closer.1 - closer.0)).abs() < 1e-6,
        "{moved:?} after {closer:?}"
    );
    Ok(())
}

async fn the_table_is_sorted_by_its_headings(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 9).await?;
    page.click(&format!("{} summary", hook("table"))).await?;
    let column = "[...document.querySelectorAll('.events-of:last-of-type [data-test=table-row] td:last-child')].map(cell => Number(cell.textContent))";
    page.until(&format!("return {column}.length > 9")).await?;
    let heading = ".events-of:last-of-type th:last-child [data-test=sort]";
    page.click(heading).await?;
    page.find(".events-of:last-of-type th[aria-sort=ascending]:last-child").await?;
    page.until(&format!("const all = {column}; return all.every((value, at) => at === 0 || all[at - 1] <= value)"))
        .await?;
    page.click(heading).await?;
    page.find(".events-of:last-of-type th[aria-sort=descending]:last-child").await?;
    page.until(&format!("const all = {column}; return all.every((value, at) => at === 0 || all[at - 1] >= value)"))
        .await
}

async fn charts_are_printed_sharp_and_light(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 9).await?;
    page.click(&hook("theme")).await?;
    page.until("return document.documentElement.dataset.theme === 'light'").await?;
    page.click(&hook("theme")).await?;
    page.until("return document.documentElement.dataset.theme === 'dark'").await?;
    let density = format!(
        "document.querySelector('{} canvas').width / document.querySelector('{} canvas').clientWidth",
        chart("gather", "plot"),
        chart("gather", "plot")
    );
    page.evaluate("dispatchEvent(new Event('beforeprint'))").await?;
    page.until(&format!("return document.documentElement.dataset.theme === 'light' && {density} >= 3.9")).await?;
    page.evaluate("dispatchEvent(new Event('afterprint'))").await?;
    page.until(&format!("return document.documentElement.dataset.theme === 'dark' && {density} < 3.9")).await
}
