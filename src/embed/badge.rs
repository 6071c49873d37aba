//! What is said of the browser that an embedded demo is in.

/// What this browser allows in this frame, in a line.
pub fn badge(shared_memory: bool, cores: u32) -> String {
    let cores = if cores == 1 { "1 core".to_owned() } else { format!("{cores} cores") };
    match shared_memory {
        true => format!("Real threads with shared memory, {cores}"),
        false => format!("No threads in this frame: processes and the event loop instead, {cores}"),
    }
}

#[cfg(test)]
mod tests {
    use super::badge;

    #[test]
    fn the_badge_says_what_there_is() {
        assert_eq!(badge(true, 2), "Real threads with shared memory, 2 cores");
        assert_eq!(badge(false, 1), "No threads in this frame: processes and the event loop instead, 1 core");
    }
}
