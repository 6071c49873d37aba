//! A run in which nothing can happen any more although tasks have not ended: who waits for what, in which circles, and whose
//! notification came too early. In virtual time this is known for certain, at once.

use std::collections::BTreeMap;

use super::log::ms;
use super::outcome::LostWakeUp;
use super::program::Ns;
use super::strand::Strand;
use super::things::Thing;
use super::world::World;
use crate::trace::{State, TaskId, Waiter};

/// Who waits for ever.
#[derive(Clone, Debug, Default)]
pub(super) struct Standstill {
    pub stuck: Vec<Waiter>,
    pub cycles: Vec<Vec<TaskId>>,
    pub lost_wake_ups: Vec<LostWakeUp>,
    /// For each that is stuck: since when it could not go on any more.
    pub since: Vec<Ns>,
}

/// What stands still in `world`, which has come to its end.
pub(super) fn look(world: &World) -> Standstill {
    let waits = |strand: &Strand| {
        let object = strand.object.filter(|_| strand.state == Some(State::WaitingForLock))?;
        let task = TaskId(strand.task?);
        let waiter = Waiter { lane: strand.lane, task, holds: world.log.recorder.held_by(task), waits_for: object };
        Some((waiter, strand.since))
    };
    let (stuck, mut since): (Vec<Waiter>, Vec<Ns>) = world.strands.iter().filter_map(waits).unzip();
    let places: BTreeMap<u32, usize> = stuck.iter().enumerate().map(|(place, waiter)| (waiter.task.0, place)).collect();
    // By waiter: the places of those who could let it on.
    let whom: Vec<Vec<usize>> = stuck
        .iter()
        .map(|waiter| who_has(world, waiter).into_iter().filter_map(|task| places.get(&task).copied()).collect())
        .collect();
    // Nobody is stuck before those that it waits for are.
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        // There and back, since a long chain may lead in either direction.
        for waiter in (0..whom.len()).chain((0..whom.len()).rev()) {
            let latest = whom[waiter].iter().map(|other| since[*other]).fold(since[waiter], Ns::max);
            is_settled &= latest == since[waiter];
            since[waiter] = latest;
        }
    }
    let cycles = cycles(&whom).into_iter().map(|cycle| cycle.into_iter().map(|place| stuck[place].task).collect());
    Standstill { cycles: cycles.collect(), lost_wake_ups: lost_wake_ups(world), since, stuck }
}

/// The tasks that have what `waiter` waits for; none where anybody could bring it about.
fn who_has(world: &World, waiter: &Waiter) -> Vec<u32> {
    if let Some(Thing::Lock(lock)) = world.things.get(waiter.waits_for.0 as usize) {
        return lock.owners.iter().map(|(owner, _)| *owner).collect();
    }
    let joined = world.log.ends.iter().position(|end| *end == Some(waiter.waits_for));
    joined.into_iter().map(|task| task as u32).collect()
}

/// A circle for each group of places that lead back to one another; of a place, `whom` says where it leads.
fn cycles(whom: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut cycles = Vec::new();
    let mut is_done = vec![false; whom.len()];
    for start in 0..whom.len() {
        // The way from the start, with the number of the next branch to be tried at each place.
        let mut way: Vec<(usize, usize)> = if is_done[start] { Vec::new() } else { vec![(start, 0)] };
        let mut place_on_way = BTreeMap::from([(start, 0)]);
        while let Some((place, branch)) = way.last_mut() {
            let (at, next) = (*place, whom[*place].get(*branch).copied());
            *branch += 1;
            match next {
                None => {
                    is_done[at] = true;
                    place_on_way.remove(&at);
                    way.pop();
                }
                Some(next) => match place_on_way.get(&next) {
                    Some(first) => {
                        cycles.push(way[*first..].iter().map(|(place, _)| *place).collect());
                        // One circle is enough for all that lead into it.
                        way.drain(..).for_each(|(place, _)| is_done[place] = true);
                    }
                    None if !is_done[next] => {
                        place_on_way.insert(next, way.len());
                        way.push((next, 0));
                    }
                    None => {}
                },
            }
        }
    }
    cycles
}

/// Of each task that waits for a condition: the last notification before that was heard by nobody.
fn lost_wake_ups(world: &World) -> Vec<LostWakeUp> {
    let mut lost = Vec::new();
    for (condition, thing) in (0..).zip(&world.things) {
        let Thing::Condition(waiting) = thing else { continue };
        for (waiter, ..) in waiting {
            let Some(strand) = world.runs[*waiter as usize].strand else { continue };
            let since = world.strands[strand as usize].since;
            let is_it = |(of, task, at): &&(u32, u32, Ns)| *of == condition && task != waiter && *at <= since;
            let unheard = world.unheard.iter().rfind(is_it);
            lost.extend(unheard.map(|(_, notifier, at)| LostWakeUp {
                condition,
                notifier: TaskId(*notifier),
                at_ms: ms(*at),
                waiter: TaskId(*waiter),
                waits_from_ms: ms(since),
            }));
        }
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::cycles;

    #[test]
    fn circles_are_found_once() {
        let none: [Vec<usize>; 0] = [];
        assert_eq!(cycles(&[vec![1], vec![0]]), [[0, 1]]);
        assert_eq!(cycles(&[vec![0]]), [[0]]);
        assert_eq!(cycles(&[vec![1], vec![2], vec![1]]), [[1, 2]], "who leads into a circle is not part of it");
        assert_eq!(cycles(&[vec![1, 2], vec![], vec![0], vec![4], vec![3]]), [[0, 2], [3, 4]]);
        assert_eq!(cycles(&[vec![1], vec![2], vec![]]), none);
    }
}
