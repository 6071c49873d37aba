//! Charts as they are handled by keys alone, and what is said meanwhile.

use anyhow::{Result, ensure};
use thirtyfour::Key;
use user_tests::{Page, chart, charts_at_rest, hook, in_both_browsers};

in_both_browsers!(
    beside others:
    keys_walk_from_slice_to_slice_and_each_is_said,
    keys_zoom_move_and_fit,
    keys_open_the_search_and_the_table_of_keys,
    rows_stand_for_workers_or_tasks_and_the_selection_stays,
);

async fn keys_walk_from_slice_to_slice_and_each_is_said(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 9).await?;
    page.focus_plot("gather").await?;
    page.keys(Key::Enter).await?;
    let first = page.said("gather", "").await?;
    ensure!(first.contains("request"), "{first}");
    let facts = page.text(&chart("gather", "facts")).await?;
    for name in ["task", "state", "start", "duration", "where"] {
        ensure!(facts.contains(name), "{name}: {facts}");
    }
    page.keys(Key::Down).await?;
    let below = page.said("gather", &first).await?;
    page.keys(Key::Up).await?;
    let above = page.said("gather", &below).await?;
    ensure!(above == first, "up leads back: {above}");
    page.keys(Key::Home).await?;
    let home = page.said("gather", &first).await?;
    page.keys(Key::End).await?;
    let last = page.said("gather", &home).await?;
    page.keys(Key::Right).await?;
    let end = page.said("gather", &last).await?;
    ensure!(end == "This is the last slice of its row.", "{end}");
    page.keys(",").await?;
    let before = page.said("gather", &end).await?;
    page.keys(".").await?;
    ensure!(page.said("gather", &before).await? == last, "there and back along the task");
    page.keys(Key::Shift + Key::Left).await?;
    page.text_with(&chart("gather", "range"), " slices. ").await?;
    page.keys(Key::Escape).await?;
    page.until("return !document.querySelector('[data-test=facts]')").await?;
    ensure!(page.said("gather", &last).await? == "Nothing is selected.");
    Ok(())
}

async fn keys_zoom_move_and_fit(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 9).await?;
    let all = page.shown("gather").await?;
    page.focus_plot("gather").await?;
    page.keys("w").await?;
    let closer = page.shown_other_than("gather", all).await?;
    ensure!(closer.1 - closer.0 < all.1 - all.0, "{closer:?} of {all:?}");
    ensure!(page.shown("await-each").await? == closer, "all charts share the axis");
    let sentence = page.said("gather", "").await?;
    ensure!(sentence.starts_with("From ") && sentence.contains(" to "), "{sentence}");
    page.keys("d").await?;
    let later = page.shown_other_than("gather", closer).await?;
    ensure!(later.0 > closer.0, "{later:?}");
    page.keys("a").await?;
    let earlier = page.shown_other_than("gather", later).await?;
    ensure!(earlier.0 < later.0);
    page.keys("s").await?;
    let farther = page.shown_other_than("gather", earlier).await?;
    ensure!(farther == all, "as far as it goes: {farther:?} of {all:?}");
    page.keys(Key::Enter).await?;
    page.said("gather", &sentence).await?;
    page.keys("f").await?;
    let fitted = page.shown_other_than("gather", all).await?;
    ensure!(fitted.1 - fitted.0 < (all.1 - all.0) / 2.0, "one request of nine: {fitted:?}");
    page.keys("0").await?;
    ensure!(page.shown_other_than("gather", fitted).await? == all);
    Ok(())
}

async fn keys_open_the_search_and_the_table_of_keys(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 9).await?;
    page.focus_plot("gather").await?;
    page.keys("/").await?;
    page.until("return document.activeElement?.dataset.test === 'search-field'").await?;
    page.keys("no such task").await?;
    page.text_with(&hook("search-said"), "No task has this").await?;
    page.type_into(&hook("search-field"), "request 7").await?;
    page.text_with(&hook("search-said"), "1 task").await?;
    page.keys(Key::Enter).await?;
    page.text_with(&chart("gather", "facts"), "request 7").await?;
    page.until("return document.activeElement?.dataset.test === 'plot'").await?;
    page.keys("?").await?;
    page.text_with(&hook("keys"), "fit the selection").await?;
    page.keys(Key::Escape).await?;
    page.until("return !document.querySelector('[data-test=keys]') && document.activeElement?.dataset.test === 'plot'")
        .await
}

async fn rows_stand_for_workers_or_tasks_and_the_selection_stays(page: &Page) -> Result<()> {
    let _server = charts_at_rest(page, 9).await?;
    page.focus_plot("gather").await?;
    page.keys(Key::Enter).await?;
    let facts = page.text(&chart("gather", "facts")).await?;
    let pressed = format!("{}[aria-pressed=\"true\"]", hook("rows-worker"));
    page.keys("g").await?;
    page.find(&pressed).await?;
    ensure!(page.text(&chart("gather", "facts")).await? == facts, "the same slice is selected");
    page.click(&hook("rows-task")).await?;
    page.until(&format!("return !document.querySelector('{pressed}')")).await
}
