//! The page's own pictures, `www/pictures/1.png` to `8.png`, and what their pixels are once decoded.

/// How many pictures there are; they are numbered from 1.
pub const PICTURES: u32 = 8;
/// Width and height of each, pixels.
pub const PICTURE_SIZE: [u32; 2] = [320, 240];

/// The checksum of each picture's pixels, as RGB; see [`super::kernel::png::checksum`].
pub static PICTURE_CHECKSUMS: [u32; PICTURES as usize] =
    [0x050f_9a11, 0xd49d_8c76, 0x02f2_a04d, 0x4ed5_73dd, 0x70aa_659b, 0x2f47_bc7b, 0x7a85_9ed4, 0x1338_7208];
