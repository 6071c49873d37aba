//! What a strand has done on its core until now: time that is taken off its operation, and increments, which may be lost.

use super::Policy;
use super::program::{Ns, Op};
use super::things::Thing;
use super::world::World;

impl World {
    /// Counts what the strand on a core has done of its operation until now.
    pub fn account_for(&mut self, core: u32) {
        let on = &mut self.cores[core as usize];
        let Some(strand) = on.strand.filter(|_| on.is_busy && !on.switches) else { return };
        let since = std::mem::replace(&mut on.since, self.now);
        let ran = self.now - since;
        on.slice -= ran.min(on.slice);
        if matches!(self.policy, Policy::Feedback { .. }) {
            self.strands[strand as usize].used += ran;
        }
        let task = self.task_of(strand);
        let run = &mut self.runs[task as usize];
        let before = run.left;
        run.left -= ran;
        run.remaining -= ran;
        let op = self.program.scripts[task as usize].ops[run.at];
        if let Op::Count { counter, times, ns, .. } = op {
            let done = |left: Ns| u128::from(times) * u128::from(ns - left) / u128::from(ns);
            let count = (done(run.left) - done(before)) as u64;
            self.counted(task, counter, op, count, since);
        }
    }

    /// So many increments are done, since `since`.
    pub fn counted(&mut self, task: u32, counter: u32, op: Op, count: u64, since: Ns) {
        let run = &mut self.runs[task as usize];
        let (Thing::Counter(it), Op::Count { is_plain, .. }) = (&mut self.things[counter as usize], op) else { return };
        if is_plain {
            it.add_plainly(count, since, self.now, &mut run.loaded);
        } else {
            it.add(count);
        }
        self.log.count(counter, it.value, self.now);
    }

    /// A task loses its core. In the middle of a plain increment it has loaded what it will overwrite when it is back.
    pub fn interrupt(&mut self, core: u32) {
        self.account_for(core);
        let Some(strand) = self.cores[core as usize].strand else { return };
        let task = self.task_of(strand) as usize;
        let run = &mut self.runs[task];
        let Some(Op::Count { counter, times, ns, is_plain: true }) = self.program.scripts[task].ops.get(run.at) else {
            return;
        };
        let is_between = u128::from(*times) * u128::from(run.left) % u128::from((*ns).max(1)) == 0;
        if let (false, Thing::Counter(it)) = (is_between, &self.things[*counter as usize]) {
            run.loaded.get_or_insert(it.value);
        }
    }
}
