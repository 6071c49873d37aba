//! The five filters of PNG, undone: each predicts a byte from its neighbours to the left and above, and the file holds only
//! what differs from the prediction.

/// Undoes the filter with this number on `row`, in place. `above` is the row before it, all zeros at the top.
pub fn undo(filter: u8, row: &mut [u8], above: &[u8], channels: usize) -> Result<(), String> {
    // What stands a pixel further left; nothing does at the left edge.
    let corner = |at: usize| if at < channels { 0 } else { above[at - channels] };
    for at in 0..row.len() {
        let left = if at < channels { 0 } else { row[at - channels] };
        let predicted = match filter {
            0 => return Ok(()),
            1 => left,
            2 => above[at],
            3 => left.midpoint(above[at]),
            4 => paeth(left, above[at], corner(at)),
            _ => return Err("the picture’s data are broken: it names a filter that does not exist".into()),
        };
        row[at] = row[at].wrapping_add(predicted);
    }
    Ok(())
}

/// Whichever of the three is closest to left + up − corner; the first of those that are.
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let off = |byte: u8| (guess - i16::from(byte)).abs();
    if off(left) <= off(up) && off(left) <= off(corner) {
        left
    } else if off(up) <= off(corner) {
        up
    } else {
        corner
    }
}
