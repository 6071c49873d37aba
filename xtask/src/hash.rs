//! A short name for a content, the same on every machine and with every compiler (which std's hashers do not promise).

/// The 64-bit FNV-1a hash in 16 hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
}

#[cfg(test)]
mod tests {
    /// The values that the hash's authors publish.
    #[test]
    fn it_is_fnv_1a() {
        assert_eq!([super::hash(b""), super::hash(b"a")], ["cbf29ce484222325", "af63dc4c8601ec8c"]);
    }
}
