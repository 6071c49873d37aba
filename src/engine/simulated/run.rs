//! What happens on cores: who is given one, for how long, and who loses it. A strand that is on a core carries out its task's
//! operations one after another; those that take no time all happen at one instant.

use super::Policy;
use super::events::What;
use super::program::{Ns, Op};
use super::share::Next;
use super::world::{Core, World};
use crate::trace::State;

impl World {
    /// The strand can go on: it waits for a core, if the GIL lets it.
    pub fn make_ready(&mut self, strand: u32) {
        if !self.gets_gil(strand) {
            return;
        }
        self.turn(strand, Some(State::Ready), None);
        self.is_unsettled = true;
        match self.strands[strand as usize].core {
            Some(kept) => self.resumed.push_back(kept),
            None => self.line_up(strand),
        }
    }

    fn line_up(&mut self, strand: u32) {
        let core = self.strands[strand as usize].last_core;
        self.ready.push(strand, self.key(strand, 0), core);
    }

    /// What a strand is ranked by; it has computed for `ran` since that was last accounted for.
    fn key(&self, strand: u32, ran: Ns) -> u64 {
        let task = self.task_of(strand) as usize;
        match self.policy {
            Policy::Feedback { .. } => self.strands[strand as usize].level as u64,
            Policy::Priority { .. } => self.program.scripts[task].priority.into(),
            Policy::ShortestFirst { .. } => self.runs[task].remaining - ran,
            _ => 0,
        }
    }

    /// Gives cores to whom they are due, until nobody who is ready is due one.
    pub fn settle(&mut self) {
        while std::mem::take(&mut self.is_unsettled) {
            self.fill();
            while self.preempts() {
                self.fill();
            }
            self.take_gil_away();
        }
    }

    /// Gives idle cores to those that are ready.
    fn fill(&mut self) {
        loop {
            if let Some(core) = self.resumed.pop_front() {
                self.begin(core);
            } else if self.ready.is_empty() || self.idle.is_empty() {
                return;
            } else if self.ready.is_by_core() {
                let own = self.idle.iter().find(|core| self.ready.has_own(*core));
                let Some(core) = own.or_else(|| self.idle.iter().next()) else { return };
                let Some(strand) = self.ready.pop(core) else { return };
                self.dispatch(strand, core);
            } else {
                let Some(strand) = self.ready.pop(0) else { return };
                // Where it was last, it need not be switched to.
                let last = self.strands[strand as usize].last_core;
                let core = if self.idle.has(last) { last } else { self.idle.iter().next().unwrap_or(last) };
                self.dispatch(strand, core);
            }
        }
    }

    /// Takes a core from the one that is due it least, if somebody who is ready comes before it; whether that was so.
    fn preempts(&mut self) -> bool {
        if !self.policy.is_preemptive() {
            return false;
        }
        let Some(first) = self.ready.first_key() else { return false };
        let key = |core: &Core| {
            let ran = if core.switches || !core.is_busy { 0 } else { self.now - core.since };
            core.strand.map(|strand| self.key(strand, ran))
        };
        let last = self.cores.iter().zip(0_u32..).filter_map(|(core, number)| Some((key(core)?, number))).max();
        match last.filter(|(key, _)| first < *key) {
            Some((_, core)) => {
                self.leave_for_others(core);
                true
            }
            None => false,
        }
    }

    fn take_gil_away(&mut self) {
        let Some(holder) = self.gil.as_ref().and_then(|gil| gil.asked()) else { return };
        let Some(core) = self.strands[holder as usize].core else { return };
        self.lose_gil(holder, core);
    }

    /// The holder of the GIL lets others have it, and waits for it again. A core that is kept for it stays so.
    fn lose_gil(&mut self, strand: u32, core: u32) {
        self.interrupt(core);
        self.let_go_of_gil(strand, self.task_of(strand));
        self.gets_gil(strand);
        self.stop(core);
        if self.policy != Policy::RunToEnd {
            self.vacate(core);
        }
    }

    fn dispatch(&mut self, strand: u32, core: u32) {
        // Before anything is marked that happens from now on.
        self.turn(strand, None, None);
        self.idle.remove(core);
        let (it, on) = (&mut self.strands[strand as usize], &mut self.cores[core as usize]);
        (it.core, it.last_core) = (Some(core), core);
        on.strand = Some(strand);
        let slice = self.slices.get(it.level).copied().unwrap_or(Ns::MAX);
        on.slice = slice.saturating_sub(it.used);
        let is_another = on.last.is_some_and(|last| last != strand);
        on.last = Some(strand);
        if is_another && self.switch > 0 {
            self.turn(strand, Some(State::Overhead), None);
            self.stretch(core, self.switch, true);
        } else {
            self.begin(core);
        }
    }

    /// The strand on a core goes on with its task.
    fn begin(&mut self, core: u32) {
        let Some(strand) = self.cores[core as usize].strand else { return };
        let task = self.task_of(strand);
        self.runs[task as usize].first_ran.get_or_insert(self.now);
        self.go_on(core, strand, task);
    }

    fn go_on(&mut self, core: u32, strand: u32, task: u32) {
        loop {
            let run = &mut self.runs[task as usize];
            let Some(op) = self.program.scripts[task as usize].ops.get(run.at).copied() else {
                return self.end_task(core, strand, task);
            };
            let length = op.on_core();
            if length > 0 {
                if run.left == 0 {
                    run.left = length;
                }
                return self.compute(core, strand, task, op);
            }
            if let Op::Count { counter, times, .. } = op {
                self.counted(task, counter, op, times.into(), self.now);
                self.runs[task as usize].at += 1;
                continue;
            }
            match self.share(strand, op) {
                Next::GoesOn => self.runs[task as usize].at += 1,
                Next::Waits(state, object) => {
                    self.turn(strand, Some(state), object);
                    self.let_go_of_gil(strand, task);
                    self.stop(core);
                    if self.policy != Policy::RunToEnd {
                        self.vacate(core);
                    }
                    return;
                }
                Next::Yields => {
                    self.runs[task as usize].at += 1;
                    if self.gil.as_ref().is_some_and(|gil| gil.is_wanted()) {
                        return self.lose_gil(strand, core);
                    }
                    if self.policy != Policy::RunToEnd && !self.ready.is_empty() {
                        return self.leave_for_others(core);
                    }
                }
            }
        }
    }

    /// Computes or copies until that is done, or until the time slice is over.
    fn compute(&mut self, core: u32, strand: u32, task: u32, op: Op) {
        if self.cores[core as usize].slice == 0 {
            let it = &mut self.strands[strand as usize];
            it.used = 0;
            it.level = (it.level + 1).min(self.slices.len() - 1);
            let slice = self.slices[it.level];
            // Without levels anybody is due a turn.
            let is_due = match self.ready.first_key() {
                Some(first) => first <= it.level as u64,
                None => !self.ready.is_empty(),
            };
            if is_due {
                return self.leave_for_others(core);
            }
            self.cores[core as usize].slice = slice;
        }
        let state = if matches!(op, Op::Copy(_)) { State::Overhead } else { State::Running };
        self.turn(strand, Some(state), None);
        let length = self.runs[task as usize].left.min(self.cores[core as usize].slice);
        self.stretch(core, length, false);
    }

    fn stretch(&mut self, core: u32, length: Ns, switches: bool) {
        let on = &mut self.cores[core as usize];
        on.stretch = on.stretch.wrapping_add(1);
        (on.switches, on.is_busy, on.since) = (switches, true, self.now);
        let what = What::CoreEnds(core, on.stretch);
        self.foresee(self.now + length, what);
    }

    /// What a core did has ended, or the time slice has.
    pub fn core_ends(&mut self, core: u32) {
        let Some(strand) = self.cores[core as usize].strand else { return };
        let task = self.task_of(strand);
        if self.cores[core as usize].switches {
            self.cores[core as usize].is_busy = false;
            return self.begin(core);
        }
        self.account_for(core);
        self.cores[core as usize].is_busy = false;
        let run = &mut self.runs[task as usize];
        if run.left == 0 {
            run.at += 1;
        }
        self.go_on(core, strand, task);
    }

    /// The strand on a core lets another have it, and lines up again.
    fn leave_for_others(&mut self, core: u32) {
        self.interrupt(core);
        let Some(strand) = self.cores[core as usize].strand else { return };
        self.turn(strand, Some(State::Ready), None);
        self.stop(core);
        self.vacate(core);
        self.line_up(strand);
        self.is_unsettled = true;
    }

    /// What a core was to end is out of date.
    pub fn stop(&mut self, core: u32) {
        let on = &mut self.cores[core as usize];
        on.stretch = on.stretch.wrapping_add(1);
        on.is_busy = false;
    }

    pub fn vacate(&mut self, core: u32) {
        if let Some(strand) = self.cores[core as usize].strand.take() {
            self.strands[strand as usize].core = None;
        }
        self.idle.insert(core);
        self.is_unsettled = true;
    }
}
