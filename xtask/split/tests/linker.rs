//! What a linker that keeps relocations writes into a module: which data has a name, and every place that refers to it.

use std::ops::Range;
use wasmparser::{KnownCustom, Operator, Parser, Payload};

/// Data of a program: one segment that is never written, and one that is.
pub struct Memory<'a> {
    /// Where the first segment's bytes go; the other's follow.
    pub address: u32,
    /// Symbols, in order, with their bytes from that address on.
    pub symbols: &'a [Range<u32>],
    /// Bytes from that address on that hold the address of a symbol.
    pub pointers: &'a [(u32, usize)],
    /// How long the first segment is; 0 if there is none.
    pub read_only: u32,
}

/// A relocation's kinds.
const IN_OFFSET: u8 = 3;
const IN_CONSTANT: u8 = 4;
const IN_DATA: u8 = 5;

impl Memory<'_> {
    /// A module with what its linker knows of it. A number in the code that is no less than the first symbol's address is one, of what
    /// begins last before it.
    pub fn link(&self, text: &str) -> Vec<u8> {
        let mut module = wat::parse_str(text).unwrap();
        let (mut in_code, mut in_data) = (Vec::new(), Vec::new());
        let (mut code, mut data, mut sections) = ((0, 0), (0, Vec::new()), 0);
        for payload in Parser::new(0).parse_all(&module) {
            let payload = payload.unwrap();
            match &payload {
                Payload::CodeSectionStart { range, .. } => code = (sections, range.start),
                Payload::CodeSectionEntry(body) => {
                    let operators = body.get_operators_reader().unwrap().into_iter_with_offsets();
                    let operators: Vec<_> = operators.collect::<Result<_, _>>().unwrap();
                    // What the linker made itself, to fill the memory, has no relocations.
                    if !operators.iter().any(|(operator, _)| matches!(operator, Operator::MemoryInit { .. })) {
                        let found = operators.iter().filter_map(|(operator, at)| self.in_code(operator, at - code.1));
                        in_code.extend(found);
                    }
                }
                Payload::DataSection(segments) => {
                    let begin = segments.range().start;
                    let begins = segments
                        .clone()
                        .into_iter()
                        .flatten()
                        .map(|segment| segment.range.end - segment.data.len() - begin);
                    data = (sections, begins.collect());
                }
                Payload::CustomSection(custom) => assert!(matches!(custom.as_known(), KnownCustom::Name(_))),
                _ => {}
            }
            sections += u32::from(payload.as_section().is_some());
        }
        for (place, symbol) in self.pointers {
            let (segment, at) = self.place(*place);
            in_data.push(relocation(IN_DATA, data.1[segment] + at as usize, *symbol));
        }
        module.extend(custom("linking", &self.linking()));
        module.extend(custom("reloc.CODE", &[leb(code.0), list(&in_code)].concat()));
        module.extend(custom("reloc.DATA", &[leb(data.0), list(&in_data)].concat()));
        module
    }

    fn in_code(&self, operator: &Operator, at: usize) -> Option<Vec<u8>> {
        let (kind, number, behind) = match operator {
            Operator::I32Const { value } => (IN_CONSTANT, value.cast_unsigned(), 1),
            Operator::I32Load { memarg } => (IN_OFFSET, memarg.offset as u32, 2),
            _ => return None,
        };
        let place = number.checked_sub(self.address)?;
        let symbol = self.symbols.iter().rposition(|symbol| symbol.start <= place)?;
        let addend = number - self.address - self.symbols[symbol].start;
        Some([&[kind][..], &leb((at + behind) as u32), &leb(symbol as u32), &leb(addend)].concat())
    }

    /// In which segment a place is, and where in it.
    fn place(&self, place: u32) -> (usize, u32) {
        if place < self.read_only { (0, place) } else { (1, place - self.read_only) }
    }

    fn linking(&self) -> Vec<u8> {
        let names: &[_] = if self.read_only == 0 { &[] } else { &[".rodata", ".data"] };
        let segments: Vec<_> = names.iter().map(|name| [&string(name)[..], &[2, 0]].concat()).collect();
        let symbols = self.symbols.iter().map(|symbol| {
            let (segment, at) = self.place(symbol.start);
            let size = symbol.end - symbol.start;
            [&[1, 2][..], &string("name"), &[segment as u8], &leb(at), &leb(size)].concat()
        });
        let symbols: Vec<_> = symbols.collect();
        [leb(2), part(5, &list(&segments)), part(8, &list(&symbols))].concat()
    }
}

fn relocation(kind: u8, at: usize, symbol: usize) -> Vec<u8> {
    [&[kind][..], &leb(at as u32), &leb(symbol as u32), &[0]].concat()
}

fn custom(name: &str, content: &[u8]) -> Vec<u8> {
    part(0, &[&string(name), content].concat())
}

fn part(id: u8, content: &[u8]) -> Vec<u8> {
    [&[id][..], &leb(content.len() as u32), content].concat()
}

fn list(items: &[Vec<u8>]) -> Vec<u8> {
    [leb(items.len() as u32), items.concat()].concat()
}

fn string(text: &str) -> Vec<u8> {
    [&leb(text.len() as u32), text.as_bytes()].concat()
}

/// A number as wasm has it; so small that it reads the same with and without a sign.
fn leb(number: u32) -> Vec<u8> {
    assert!(number < 1 << 13, "{number}");
    vec![number as u8 & 127 | 128, (number >> 7) as u8]
}
