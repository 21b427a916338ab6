//! Chance that is the same on every machine: a small generator of integers, and the waiting times of annealing.

/// `SplitMix64` (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Begins at a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Sixty-four random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A rank below `len`, which is not 0. The bias is below `len` / 2³².
    pub fn below(&mut self, len: usize) -> usize {
        debug_assert!(len > 0, "there is no rank below 0");
        (((self.bits() >> 32) * len as u64) >> 32) as usize
    }

    /// A waiting time of mean 1, nearly exponential: the whole halvings of a chance, and a straight line between them.
    /// No logarithm, because the last bit of a logarithm differs between machines.
    pub fn waiting(&mut self) -> f64 {
        let word = self.bits();
        let halvings = f64::from((word >> 32).trailing_zeros().min(32));
        let rest = f64::from(word as u32) / 4_294_967_296.0;
        (halvings + rest) * std::f64::consts::LN_2
    }
}
