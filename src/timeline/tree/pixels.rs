//! Columns of looks as lines of colours: where many rows are crowded, there are more stretches of one look than a canvas can be
//! told about one by one. A row's lines repeat, so each is made once, a word per column, and says how many of the row's lines
//! it stands for; whoever has it stretches it. It knows colours as numbers and shapes as heights; what looks like what is the
//! timeline's business.

/// The lines of a row that are painted, counted in device pixels from its upper edge: from the first, up to the second.
pub type Lines = (usize, usize);

/// How a look is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    /// Its colour: red in the lowest byte, then green, blue and alpha.
    pub word: u32,
    /// Which of a row's shapes it has.
    pub shape: u8,
    /// Whether in a stretch of several columns every other one stays empty.
    pub is_striped: bool,
}

/// Paints rows in the same inks; what it needs is kept from one to the next.
#[derive(Debug)]
pub struct RowPainter<'a> {
    inks: &'a [Ink; 256],
    /// The looks of the row's columns, without those that stripes leave empty.
    shown: Vec<u8>,
    /// Which looks the row has.
    has: [bool; 256],
    /// Where its lines begin to be others.
    edges: Vec<usize>,
}

impl<'a> RowPainter<'a> {
    /// A painter in these inks, by look.
    pub fn new(inks: &'a [Ink; 256]) -> Self {
        Self { inks, shown: Vec::new(), has: [false; 256], edges: Vec::new() }
    }

    /// Paints a row of columns with these looks in the shapes that its inks name. Adds to `words` a line of colours, one per column,
    /// for each stretch of equal lines, and that stretch to `bands`. Lines in which nothing is painted are left out.
    pub fn paint(&mut self, looks: &[u8], shapes: &[[Lines; 2]], words: &mut Vec<u32>, bands: &mut Vec<Lines>) {
        self.show(looks);
        let present = || (0..=u8::MAX).zip(&self.has).filter(|(_, has)| **has).map(|(look, _)| look);
        let lines_of = |look: u8| shapes.get(usize::from(self.inks[usize::from(look)].shape)).into_iter().flatten();
        self.edges.clear();
        self.edges.extend(present().flat_map(lines_of).flat_map(|lines| [lines.0, lines.1]));
        self.edges.sort_unstable();
        self.edges.dedup();
        for edges in self.edges.windows(2) {
            let band = (edges[0], edges[1]);
            let mut colours = [0; 256];
            let mut is_empty = true;
            for look in present() {
                if lines_of(look).any(|lines| lines.0 <= band.0 && band.1 <= lines.1) {
                    colours[usize::from(look)] = self.inks[usize::from(look)].word;
                    is_empty = false;
                }
            }
            if !is_empty {
                words.extend(self.shown.iter().map(|look| colours[usize::from(*look)]));
                bands.push(band);
            }
        }
    }

    /// Leaves out what stripes leave empty, and notes which looks there are.
    fn show(&mut self, looks: &[u8]) {
        self.shown.clear();
        self.has = [false; 256];
        let (mut before, mut is_left_out) = (None, false);
        for look in looks {
            is_left_out = before == Some(look) && !is_left_out && self.inks[usize::from(*look)].is_striped;
            self.shown.push(if is_left_out { crate::NOTHING } else { *look });
            self.has[usize::from(*look)] = true;
            before = Some(look);
        }
        self.has[usize::from(crate::NOTHING)] = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A full shape in 2, and 4 striped; 6 at the upper and lower edge.
    fn painted(looks: &[u8]) -> Vec<(Lines, String)> {
        let mut inks = [Ink::default(); 256];
        inks[2] = Ink { word: 2, shape: 0, is_striped: false };
        inks[4] = Ink { word: 4, shape: 0, is_striped: true };
        inks[6] = Ink { word: 6, shape: 1, is_striped: false };
        let shapes = [[(0, 4), (0, 0)], [(0, 1), (3, 4)]];
        let (mut words, mut bands) = (Vec::new(), Vec::new());
        RowPainter::new(&inks).paint(looks, &shapes, &mut words, &mut bands);
        let shown = |word: &u32| if *word == 0 { ".".to_owned() } else { word.to_string() };
        assert_eq!(words.len(), bands.len() * looks.len());
        bands.into_iter().zip(words.chunks(looks.len()).map(|line| line.iter().map(shown).collect())).collect()
    }

    #[test]
    fn each_look_has_its_shape() {
        let lines = ["22.642", "22..42", "22.642"].map(str::to_owned);
        assert_eq!(painted(&[2, 2, 0, 6, 4, 2]), [(0, 1), (1, 3), (3, 4)].into_iter().zip(lines).collect::<Vec<_>>());
    }

    #[test]
    fn equal_lines_are_made_once_and_empty_ones_not_at_all() {
        assert_eq!(painted(&[2, 2]), [((0, 4), "22".to_owned())]);
        assert_eq!(painted(&[6, 0]), [((0, 1), "6.".to_owned()), ((3, 4), "6.".to_owned())]);
        assert_eq!(painted(&[0, 0]), []);
    }

    #[test]
    fn stripes_begin_anew_with_each_stretch() {
        assert_eq!(painted(&[4, 4, 4, 2, 4, 4]), [((0, 4), "4.424.".to_owned())]);
    }
}
