//! Columns of looks as pixels of an image: where many rows are crowded, there are more stretches of one look than a canvas can be
//! told about one by one. It knows colours as numbers and shapes as heights; what looks like what is the timeline's business.

/// An image in device pixels, one word each: red in the lowest byte, then green, blue and alpha.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pixels {
    /// How many there are in a line.
    pub width: usize,
    /// All of them, line by line from the top.
    pub words: Vec<u32>,
}

/// The lines of a row that are painted, counted in device pixels from its upper edge: from the first, up to the second.
pub type Lines = (usize, usize);

/// How a look is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    /// Its colour.
    pub word: u32,
    /// Which of a row's shapes it has.
    pub shape: u8,
    /// Whether in a stretch of several columns every other one stays empty.
    pub is_striped: bool,
}

/// A row of columns in an image.
#[derive(Clone, Copy, Debug)]
pub struct PixelRow<'a> {
    /// Its first line; above the image it is cut.
    pub top: isize,
    /// The looks of its columns.
    pub looks: &'a [u8],
    /// The shapes that its inks name.
    pub shapes: &'a [[Lines; 2]],
}

/// Paints rows into images of one width; what it needs is kept from one to the next.
#[derive(Debug)]
pub struct RowPainter<'a> {
    inks: &'a [Ink; 256],
    /// The column of each pixel of a line.
    column_of: &'a [u32],
    /// The looks of the row's columns, without those that stripes leave empty.
    shown: Vec<u8>,
    /// Those of a line's pixels.
    line: Vec<u8>,
}

impl<'a> RowPainter<'a> {
    /// A painter in these inks, by look; `column_of` says of each pixel of a line in which column it lies.
    pub fn new(inks: &'a [Ink; 256], column_of: &'a [u32]) -> Self {
        Self { inks, column_of, shown: Vec::new(), line: Vec::new() }
    }

    /// Paints a row into `image`, as far as it lies within.
    pub fn paint(&mut self, row: &PixelRow, image: &mut Pixels) {
        let end = row.shapes.iter().flatten().map(|lines| lines.1).max().unwrap_or_default();
        let height = image.words.len().checked_div(image.width).unwrap_or_default();
        self.spread(row.looks);
        let mut table = [0; 256];
        let mut above: Option<usize> = None;
        for line in 0..end {
            let is_new = line == 0 || row.shapes.iter().flatten().any(|(from, to)| *from == line || *to == line);
            if is_new {
                self.fill_table(row.shapes, line, &mut table);
                above = None;
            }
            let Some(y) = row.top.checked_add_unsigned(line).and_then(|y| usize::try_from(y).ok()) else { continue };
            if y >= height {
                return;
            }
            let at = y * image.width;
            match above {
                Some(above) => image.words.copy_within(above..above + image.width, at),
                None => {
                    let words = &mut image.words[at..at + image.width];
                    for (word, look) in words.iter_mut().zip(&self.line) {
                        *word = table[usize::from(*look)];
                    }
                }
            }
            above = Some(at);
        }
    }

    /// The look of each pixel of a line.
    fn spread(&mut self, looks: &[u8]) {
        self.shown.clear();
        let (mut before, mut is_left_out) = (None, false);
        for look in looks {
            is_left_out = before == Some(look) && !is_left_out && self.inks[usize::from(*look)].is_striped;
            self.shown.push(if is_left_out { crate::NOTHING } else { *look });
            before = Some(look);
        }
        self.line.clear();
        let look = |column: &u32| self.shown.get(*column as usize).copied().unwrap_or(crate::NOTHING);
        self.line.extend(self.column_of.iter().map(look));
    }

    /// The colour of each look in this line of a row.
    fn fill_table(&self, shapes: &[[Lines; 2]], line: usize, table: &mut [u32; 256]) {
        for (word, ink) in table.iter_mut().zip(self.inks) {
            let shape = shapes.get(usize::from(ink.shape)).into_iter().flatten();
            let is_painted = shape.into_iter().any(|(from, to)| (*from..*to).contains(&line));
            *word = if is_painted { ink.word } else { 0 };
        }
        table[usize::from(crate::NOTHING)] = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 6;

    /// A full shape in 2, and 4 striped; 6 at the upper and lower edge.
    fn painted(top: isize, looks: &[u8]) -> Vec<String> {
        let mut inks = [Ink::default(); 256];
        inks[2] = Ink { word: 2, shape: 0, is_striped: false };
        inks[4] = Ink { word: 4, shape: 0, is_striped: true };
        inks[6] = Ink { word: 6, shape: 1, is_striped: false };
        let column_of: Vec<u32> = (0..WIDTH as u32).collect();
        let mut image = Pixels { width: WIDTH, words: vec![0; WIDTH * 4] };
        let shapes = [[(0, 3), (0, 0)], [(0, 1), (2, 3)]];
        RowPainter::new(&inks, &column_of).paint(&PixelRow { top, looks, shapes: &shapes }, &mut image);
        let shown = |word: &u32| if *word == 0 { ".".to_owned() } else { word.to_string() };
        image.words.chunks(WIDTH).map(|line| line.iter().map(shown).collect()).collect()
    }

    #[test]
    fn each_look_has_its_shape() {
        assert_eq!(painted(0, &[2, 2, 0, 6, 4, 2]), ["22.642", "22..42", "22.642", "......"]);
    }

    #[test]
    fn stripes_begin_anew_with_each_stretch() {
        assert_eq!(painted(1, &[4, 4, 4, 2, 4, 4])[1], "4.424.");
    }

    #[test]
    fn what_is_outside_is_cut() {
        assert_eq!(painted(-1, &[6, 2]), [".2....", "62....", "......", "......"]);
        assert_eq!(painted(2, &[6, 2]), ["......", "......", "62....", ".2...."]);
        assert_eq!(painted(9, &[6, 2]).concat(), ".".repeat(24));
        assert_eq!(painted(-9, &[6, 2]).concat(), ".".repeat(24));
    }
}
