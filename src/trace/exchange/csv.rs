//! A trace as a table for a spreadsheet: one row a slice, as RFC 4180 has it. A label that a spreadsheet would take for a formula
//! is given an apostrophe in front, since labels may come from a file that somebody else wrote.

use std::io::{self, Write};

use super::super::Trace;

/// Writes a head and a row for each slice of `trace`, lane by lane, without cores, which show again what others show; times in ms, no finer
/// than the trace’s clock.
///
/// # Errors
/// Whatever `out` refuses.
pub fn write_csv(trace: &Trace, out: &mut impl Write) -> io::Result<()> {
    let width = decimals(trace.provenance().clock_resolution_ms);
    out.write_all(b"lane,task,state,start_ms,end_ms,duration_ms,waits_for\r\n")?;
    for (lane, slice) in trace.slices() {
        let task = slice.task.and_then(|task| trace.tasks().get(task.0 as usize));
        let object = slice.object().and_then(|object| trace.objects().get(object.0 as usize));
        for text in
            [Some(trace.lanes()[usize::from(lane.0)].label()), task.map(String::as_str), Some(slice.state.words())]
        {
            cell(text.unwrap_or_default(), out)?;
            out.write_all(b",")?;
        }
        let (start_ms, end_ms, duration_ms) = (slice.start_ms, slice.end_ms, slice.duration_ms());
        write!(out, "{start_ms:.width$},{end_ms:.width$},{duration_ms:.width$},")?;
        cell(object.map_or("", String::as_str), out)?;
        out.write_all(b"\r\n")?;
    }
    Ok(())
}

/// How many decimals of a ms a clock of this resolution has.
fn decimals(resolution_ms: f64) -> usize {
    (0..9).find(|decimals| resolution_ms >= 0.999 * 10_f64.powi(-decimals)).map_or(9, |decimals| decimals as usize)
}

fn cell(text: &str, out: &mut impl Write) -> io::Result<()> {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if text.contains(['"', ',', '\r', '\n']) {
        write!(out, "\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        write!(out, "{guard}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{LaneKind, Recorder, Slice, State, TaskId};
    use super::super::example::provenance;
    use super::*;
    use expect_test::expect;

    #[test]
    fn labels_are_quoted_and_never_formulas() {
        let labels = ["plain", "=1+1", "say \"hi\", twice", "-2\n-3", "مرحبا <b>"];
        let mut recorder = Recorder::new(labels);
        let lane = recorder.add_lane(LaneKind::Thread, "@thread 1").unwrap();
        let lock = recorder.add_object("lock A");
        for (index, task) in (0..labels.len() as u32).enumerate() {
            let slice = Slice::new(Some(TaskId(task)), State::Running, index as f64, index as f64 + 0.12345);
            recorder.slice(lane, slice.waiting_for((index == 1).then_some(lock))).unwrap();
        }
        recorder.slice(lane, Slice::new(None, State::Starting, 5.0, 6.0)).unwrap();
        let mut csv = Vec::new();
        write_csv(&recorder.finish(provenance()).unwrap(), &mut csv).unwrap();
        expect![[r#"
            lane,task,state,start_ms,end_ms,duration_ms,waits_for
            '@thread 1,plain,running,0.000,0.123,0.123,
            '@thread 1,'=1+1,running,1.000,1.123,0.123,lock A
            '@thread 1,"say ""hi"", twice",running,2.000,2.123,0.123,
            '@thread 1,"'-2
            -3",running,3.000,3.123,0.123,
            '@thread 1,مرحبا <b>,running,4.000,4.123,0.123,
            '@thread 1,,starting,5.000,6.000,1.000,
        "#]]
        .assert_eq(&String::from_utf8(csv).unwrap().replace("\r\n", "\n"));
    }

    #[test]
    fn nothing_is_written_finer_than_the_clock() {
        assert_eq!([1.0, 0.1, 0.005, 0.001, 1e-6, 0.0, f64::NAN].map(decimals), [0, 1, 3, 3, 6, 9, 9]);
    }
}
