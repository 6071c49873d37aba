//! SHA-256, of blocks that are made by arithmetic and of bytes that came from elsewhere. The crate `sha2` does the hashing,
//! in portable Rust.

use sha2::{Digest, Sha256};

use crate::mix;

/// Length of a block, bytes.
pub const BLOCK: usize = 16_384;
/// How many blocks make a piece of one or two tenths of a millisecond.
pub const PIECE: u32 = 2;
/// Length of a digest, bytes.
pub const DIGEST: usize = 32;

/// The digest of the block with this number.
#[inline(never)]
pub fn digest_of_block(number: u32) -> [u8; DIGEST] {
    let mut hasher = Sha256::new();
    let mut part = [0; 1_024];
    // One number in 16 bytes comes from the mixing, so that hashing and not making the block is the work.
    for (at, first) in (0..(BLOCK / part.len()) as u32).zip((0_u32..).step_by(part.len() / 16)) {
        for (bytes, place) in part.chunks_exact_mut(16).zip(first..) {
            bytes[..4].copy_from_slice(&mix(number.wrapping_mul(0x9e37_79b9) ^ place).to_le_bytes());
            bytes[4] = at as u8;
        }
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The digest of `bytes`.
pub fn digest(bytes: &[u8]) -> [u8; DIGEST] {
    Sha256::digest(bytes).into()
}

/// The same bytes, hashed again and again.
pub struct Repeated {
    hasher: Sha256,
    /// How many of the bytes are hashed this time.
    at: usize,
    /// How often they are still to be hashed, this time included.
    left: u32,
}

impl Repeated {
    /// Nothing is hashed yet.
    pub fn new(times: u32) -> Self {
        Self { hasher: Sha256::new(), at: 0, left: times }
    }

    /// Whether all is hashed.
    pub fn is_done(&self) -> bool {
        self.left == 0
    }

    /// Hashes the next piece of `bytes`, as many as a block has; the digest, whenever all of them have been hashed once more,
    /// goes to `output` in place of the one before.
    #[inline(never)]
    pub fn piece(&mut self, bytes: &[u8], output: &mut Vec<u8>) {
        let mut room = BLOCK;
        while room > 0 && self.left > 0 {
            let end = bytes.len().min(self.at + room);
            self.hasher.update(&bytes[self.at..end]);
            // Also finishing a digest costs: a block of 64 bytes.
            room = room.saturating_sub(end - self.at + 64);
            self.at = end;
            if self.at == bytes.len() {
                output.clear();
                output.extend_from_slice(&self.hasher.finalize_reset());
                self.at = 0;
                self.left -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(digest: &[u8]) -> String {
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn digests_are_those_of_nist() {
        // FIPS 180-4's examples, and the long message of SHAVS.
        for (message, expected) in [
            (Vec::new(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (b"abc".to_vec(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".to_vec(),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (vec![b'a'; 1_000_000], "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ] {
            assert_eq!(hex(&digest(&message)), expected);
            let (mut output, mut repeated) = (Vec::new(), Repeated::new(2));
            while !repeated.is_done() {
                repeated.piece(&message, &mut output);
            }
            assert_eq!(hex(&output), expected, "{} bytes, piece by piece", message.len());
        }
    }

    #[test]
    fn no_two_blocks_are_the_same() {
        let mut digests: Vec<_> = (0..64).map(digest_of_block).collect();
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), 64);
    }
}
