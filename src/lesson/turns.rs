//! In which turns a step is shown: what is read at once, and each thing to do in a turn of its own, so that a page that comes up is never held
//! up for long. It knows blocks, and not how they are drawn.

use super::block::{Block, Step};

impl Step {
    /// How many turns it takes until all of it is there.
    pub fn turns(&self) -> usize {
        self.blocks.iter().map(|block| self.turns_of(block)).sum()
    }

    /// The blocks that are there after so many turns, each with whether all of it is: of a demo that waits for a prediction, that is first.
    pub fn after(&self, turns: usize) -> Vec<(&Block, bool)> {
        let (mut left, mut there) = (turns, Vec::new());
        for block in &self.blocks {
            let of = self.turns_of(block);
            if of > 0 && left == 0 {
                break;
            }
            there.push((block, of <= left));
            if of > left {
                break;
            }
            left -= of;
        }
        there
    }

    fn turns_of(&self, block: &Block) -> usize {
        match block {
            Block::Question(_) => 1,
            Block::Demo(demo) if self.prediction_of(&demo.id).is_some() => 2,
            Block::Demo(_) => 1,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::EngineId;
    use crate::lesson::{Asked, DemoBlock, Prediction};

    fn demo(id: &str) -> Block {
        let (id, demo) = (id.to_owned(), "primes".to_owned());
        Block::Demo(DemoBlock { id, demo, engines: vec![], parameters: vec![], claims: vec![] })
    }

    fn predicts(demo: &str) -> Block {
        Block::Prediction(Prediction {
            id: "p".into(),
            hash: String::new(),
            demo: demo.into(),
            engine: EngineId::Gather,
            prompt_html: String::new(),
            asked: Asked::Charts { options: vec![] },
        })
    }

    #[test]
    fn what_is_read_comes_at_once_and_what_is_done_one_by_one() {
        let prose = || Block::Prose { html: String::new() };
        let blocks = vec![prose(), predicts("b"), demo("a"), prose(), demo("b"), prose()];
        let step = Step { id: "s".into(), title: "S".into(), blocks };
        let whole = |turns| step.after(turns).into_iter().map(|(_, whole)| whole).collect::<Vec<_>>();
        assert_eq!(step.turns(), 3);
        assert_eq!(whole(0), [true; 2]);
        assert_eq!(whole(1), [true; 4]);
        // What is asked before the run; what stands below would move when the demo comes.
        assert_eq!(whole(2), [true, true, true, true, false]);
        assert_eq!(whole(3), [true; 6]);
        assert_eq!(whole(4), whole(3));
    }
}
