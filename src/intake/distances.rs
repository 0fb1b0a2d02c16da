//! The characters of an encoding in the order of its codes, as its table is kept: each as its distance from the one before, a
//! variable-length integer with the sign in the lowest bit.

/// The characters; 0 where a code stands for none.
pub(super) fn read(table: &[u8]) -> impl Iterator<Item = u32> {
    let (mut last, mut value, mut shift) = (0_i32, 0_u32, 0);
    table.iter().filter_map(move |byte| {
        value |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 != 0 {
            return None;
        }
        last += (value >> 1) as i32 ^ -((value & 1) as i32);
        (value, shift) = (0, 0);
        Some(last as u32)
    })
}

/// Holds a table to its characters, made from another decoder; run with `XIANGMA_WRITE_TABLES` it writes the table instead.
#[cfg(test)]
pub(super) fn hold(file: &str, table: &[u8], characters: impl Iterator<Item = u32>) {
    let mut made = Vec::new();
    let mut last = 0;
    for character in characters {
        let distance = character as i32 - last;
        last = character as i32;
        let mut value = ((distance << 1) ^ (distance >> 31)) as u32;
        while value >= 0x80 {
            made.push(value as u8 | 0x80);
            value >>= 7;
        }
        made.push(value as u8);
    }
    if std::env::var_os("XIANGMA_WRITE_TABLES").is_some() {
        std::fs::write(format!("{}/src/intake/{file}", env!("CARGO_MANIFEST_DIR")), &made).expect("writes");
    }
    assert!(made == table, "run once with XIANGMA_WRITE_TABLES=1");
}
