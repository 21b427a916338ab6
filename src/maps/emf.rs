//! A drawing as an Enhanced Metafile ([MS-EMF]): the vector picture that word processors have shown for thirty years, written
//! by hand. Shapes in plain colours, circles, squares and words; the same drawing gives the same bytes.

/// Units of the file in one of the drawing: round things stay round.
const FINE: i32 = 10;
/// Hundredths of a millimetre in a pixel of 1/96 inch.
const HUNDREDTHS_PER_PIXEL: f64 = 2_540.0 / 96.0;

const HEADER: u32 = 1;
const POLYPOLYGON_16: u32 = 91;
const SET_WINDOW_EXTENT: u32 = 9;
const SET_WINDOW_ORIGIN: u32 = 10;
const SET_VIEWPORT_EXTENT: u32 = 11;
const SET_VIEWPORT_ORIGIN: u32 = 12;
const END: u32 = 14;
const SET_MAP_MODE: u32 = 17;
const SET_BACKGROUND_MODE: u32 = 18;
const SET_FILL_MODE: u32 = 19;
const SET_TEXT_ALIGN: u32 = 22;
const SET_TEXT_COLOUR: u32 = 24;
const SELECT: u32 = 37;
const CREATE_PEN: u32 = 38;
const CREATE_BRUSH: u32 = 39;
const DELETE: u32 = 40;
const ELLIPSE: u32 = 42;
const RECTANGLE: u32 = 43;
const CREATE_FONT: u32 = 82;
const TEXT: u32 = 84;

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// A place in the drawing, from its left and upper side.
pub type Point = (i32, i32);

/// Where words stand beside their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// They begin there.
    Start,
    /// Their middle is there.
    Middle,
    /// They end there.
    End,
}

/// Words and how they look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Height of the letters, in units.
    pub size: i32,
    /// Whether they are bold.
    pub bold: bool,
    /// Their colour.
    pub colour: Colour,
    /// Where they stand beside their place.
    pub anchor: Anchor,
}

/// A drawing that is being made.
#[derive(Debug)]
pub struct Drawing {
    width: u32,
    height: u32,
    records: u32,
    body: Vec<u8>,
}

impl Drawing {
    /// An empty one, of a width and a height in units of 1/96 inch.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Self {
        let mut drawing = Self { width, height, records: 1, body: Vec::new() };
        let fine = |side: u32| side.cast_signed() * FINE;
        drawing.record(SET_MAP_MODE, &[8]); // Both axes have a scale of their own: the window is the viewport.
        drawing.signed(SET_WINDOW_ORIGIN, &[0, 0]);
        drawing.signed(SET_WINDOW_EXTENT, &[fine(width), fine(height)]);
        drawing.signed(SET_VIEWPORT_ORIGIN, &[0, 0]);
        drawing.signed(SET_VIEWPORT_EXTENT, &[width.cast_signed(), height.cast_signed()]);
        drawing.record(SET_BACKGROUND_MODE, &[1]); // Words have nothing behind them.
        drawing.record(SET_FILL_MODE, &[1]); // A ring in a ring is a hole.
        drawing
    }

    /// An area, ring by ring: a ring inside another is a hole.
    pub fn area(&mut self, rings: &[Vec<Point>], fill: Colour, line: Colour) {
        let points: usize = rings.iter().map(Vec::len).sum();
        if points == 0 {
            return;
        }
        self.with(fill, Some(line), |drawing| {
            let mut data = drawing.bounds();
            data.extend(numbers(&[rings.len() as u32, points as u32]));
            data.extend(rings.iter().flat_map(|ring| (ring.len() as u32).to_le_bytes()));
            let near = |place: i32| (place * FINE).clamp(i16::MIN.into(), i16::MAX.into()) as i16;
            data.extend(rings.iter().flatten().flat_map(|&(x, y)| {
                let [a, b] = near(x).to_le_bytes();
                let [c, d] = near(y).to_le_bytes();
                [a, b, c, d]
            }));
            drawing.push(POLYPOLYGON_16, &data);
        });
    }

    /// A disc around a place.
    pub fn disc(&mut self, (x, y): Point, radius: i32, fill: Colour, line: Colour) {
        let sides = [x - radius, y - radius, x + radius, y + radius].map(|side| side * FINE);
        self.with(fill, Some(line), |drawing| drawing.signed(ELLIPSE, &sides));
    }

    /// A square around a place.
    pub fn square(&mut self, (x, y): Point, half: i32, fill: Colour) {
        let sides = [x - half, y - half, x + half, y + half].map(|side| side * FINE);
        self.with(fill, None, |drawing| drawing.signed(RECTANGLE, &sides));
    }

    /// Words; their base line goes through the place.
    pub fn words(&mut self, (x, y): Point, text: &str, style: Style) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut font = numbers(&[1]);
        font.extend(signed(&[-style.size * FINE, 0, 0, 0, if style.bold { 700 } else { 400 }]));
        font.extend([0; 8]);
        let mut face: Vec<u8> = "Liberation Sans".encode_utf16().flat_map(u16::to_le_bytes).collect();
        face.resize(64, 0);
        font.extend(face);
        font.resize(4 + 320, 0);
        self.push(CREATE_FONT, &font);
        self.record(SELECT, &[1]);
        // On the base line; then from the left, the middle or the right.
        let align = match style.anchor {
            Anchor::Start => 24,
            Anchor::Middle => 24 + 6,
            Anchor::End => 24 + 2,
        };
        self.record(SET_TEXT_ALIGN, &[align]);
        self.record(SET_TEXT_COLOUR, &[colour(style.colour)]);
        let mut data = self.bounds();
        data.extend(numbers(&[1, 1.0_f32.to_bits(), 1.0_f32.to_bits()]));
        data.extend(signed(&[x * FINE, y * FINE]));
        // The text begins after the 76 bytes of this record that stand before it; the widths of its letters follow.
        let padded = (2 * units.len()).next_multiple_of(4) as u32;
        data.extend(numbers(&[units.len() as u32, 76, 0, 0, 0, 0, 0, 76 + padded]));
        data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        data.resize(68 + padded as usize, 0);
        let steps: Vec<u32> = text.chars().flat_map(|letter| steps(letter, style)).collect();
        data.extend(numbers(&steps));
        self.push(TEXT, &data);
        self.record(DELETE, &[1]);
    }

    /// The file.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.record(END, &[0, 16, 20]);
        let hundredths = |side: u32| (f64::from(side) * HUNDREDTHS_PER_PIXEL).round() as u32;
        let mut file = numbers(&[HEADER, 88]);
        file.extend(numbers(&[0, 0, self.width, self.height]));
        file.extend(numbers(&[0, 0, hundredths(self.width), hundredths(self.height)]));
        file.extend(numbers(&[0x464d_4520, 0x0001_0000, 88 + self.body.len() as u32, self.records]));
        // Handles: the file itself, a font or a brush, a pen. Then a screen of 1,920 by 1,080 pixels of 1/96 inch.
        file.extend(3_u16.to_le_bytes());
        file.extend(0_u16.to_le_bytes());
        file.extend(numbers(&[0, 0, 0, 1_920, 1_080, 508, 286]));
        file.extend(self.body);
        file
    }

    /// Draws something with a brush and a pen, and puts them away.
    fn with(&mut self, fill: Colour, line: Option<Colour>, draw: impl FnOnce(&mut Self)) {
        self.record(CREATE_BRUSH, &[1, 0, colour(fill), 0]);
        let (kind, ink) = line.map_or((5, 0), |line| (0, colour(line)));
        self.record(CREATE_PEN, &[2, kind, (FINE / 2).cast_unsigned(), 0, ink]);
        self.record(SELECT, &[1]);
        self.record(SELECT, &[2]);
        draw(self);
        self.record(DELETE, &[1]);
        self.record(DELETE, &[2]);
    }

    /// The sides of the drawing, for records that name what they touch.
    fn bounds(&self) -> Vec<u8> {
        numbers(&[0, 0, self.width, self.height])
    }

    fn record(&mut self, kind: u32, values: &[u32]) {
        self.push(kind, &numbers(values));
    }

    fn signed(&mut self, kind: u32, values: &[i32]) {
        self.push(kind, &signed(values));
    }

    fn push(&mut self, kind: u32, data: &[u8]) {
        debug_assert!(data.len().is_multiple_of(4), "records are words of 32 bits");
        self.records += 1;
        self.body.extend(numbers(&[kind, 8 + data.len() as u32]));
        self.body.extend(data);
    }
}

/// How far the pen goes on for a letter of Liberation Sans, about: one number for each of its units.
fn steps(letter: char, style: Style) -> impl Iterator<Item = u32> {
    let hundredths = match letter {
        'i' | 'j' | 'l' | '\'' | '’' | '|' => 22,
        ' ' | '\u{a0}' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '!' | '/' => 28,
        'r' | '(' | ')' | '-' => 33,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'ç' | 'J' => 50,
        'm' | 'M' | 'œ' => 83,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 72,
        'G' | 'O' | 'Q' => 78,
        'W' | 'Œ' | '…' => 97,
        letter if letter.is_uppercase() => 67,
        _ => 56,
    };
    let bold = if style.bold { 106 } else { 100 };
    let step = (style.size * FINE * hundredths * bold / 10_000).cast_unsigned();
    std::iter::once(step).chain(std::iter::repeat_n(0, letter.len_utf16() - 1))
}

fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn signed(values: &[i32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn colour([red, green, blue]: Colour) -> u32 {
    u32::from_le_bytes([red, green, blue, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_follow_one_another_to_the_end_and_are_as_many_as_the_header_says() {
        let mut drawing = Drawing::new(100, 50);
        drawing.area(&[vec![(0, 0), (10, 0), (10, 10)], vec![(2, 1), (8, 1), (8, 7)]], [1, 2, 3], [4, 5, 6]);
        drawing.disc((20, 20), 9, [0; 3], [255; 3]);
        drawing.square((30, 30), 2, [0; 3]);
        let style = Style { size: 11, bold: true, colour: [16, 40, 45], anchor: Anchor::Middle };
        drawing.words((40, 40), "Aixe-sur-Vienne, été", style);
        let file = drawing.finish();
        let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
        assert_eq!((word(40), word(48) as usize), (0x464d_4520, file.len()), "\" EMF\", and its length");
        let (mut at, mut seen, mut last) = (0, 0, 0);
        while at < file.len() {
            (last, seen) = (word(at), seen + 1);
            let size = word(at + 4) as usize;
            assert!(size >= 8 && size.is_multiple_of(4), "{at}: {size}");
            at += size;
        }
        assert_eq!((at, seen, last), (file.len(), word(52), END));
        // What is created is deleted, so that two handles do.
        let count = |kind: u32| {
            let (mut at, mut found) = (0, 0);
            while at < file.len() {
                found += usize::from(word(at) == kind);
                at += word(at + 4) as usize;
            }
            found
        };
        assert_eq!(count(CREATE_BRUSH) + count(CREATE_PEN) + count(CREATE_FONT), count(DELETE));
    }
}
