//! Another site, which answers every request with a few bytes, and lets pages of other sites read them or does not.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use anyhow::Result;

/// Starts one and gives its address. It answers as long as the tests run. `headers` stand in each answer, every one with its
/// end of the line.
///
/// # Errors
/// If there is no port for it.
pub fn neighbour(headers: &'static str) -> Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || {
        for visitor in listener.incoming().flatten() {
            // A visitor who goes away is no concern of the next.
            thread::spawn(move || answer(visitor, headers));
        }
    });
    Ok(url)
}

fn answer(mut visitor: TcpStream, headers: &str) -> std::io::Result<()> {
    let mut asked = Vec::new();
    let mut part = [0; 1024];
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        match visitor.read(&mut part)? {
            0 => return Ok(()),
            length => asked.extend_from_slice(&part[..length]),
        }
    }
    write!(visitor, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n{headers}\r\nhello")
}
