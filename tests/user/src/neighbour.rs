//! Another site, which answers every request with a few bytes, and lets pages of other sites read them or does not.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use anyhow::Result;

/// Starts one and gives its address. It answers as long as the tests run. `headers` stand in each answer, every one with its
/// end of the line.
///
/// # Errors
/// If there is no port for it.
pub fn neighbour(headers: &'static str) -> Result<String> {
    sender(move |visitor| {
        write!(visitor, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n{headers}\r\nhello")
    })
}

/// Starts a site that answers every request as `answer` writes it, whole, be it that this never ends; and gives its address.
///
/// # Errors
/// If there is no port for it.
pub fn sender(answer: impl Fn(&mut TcpStream) -> std::io::Result<()> + Clone + Send + 'static) -> Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || {
        for mut visitor in listener.incoming().flatten() {
            let answer = answer.clone();
            // A visitor who goes away is no concern of the next.
            thread::spawn(move || asked(&mut visitor).and_then(|()| answer(&mut visitor)));
        }
    });
    Ok(url)
}

/// Waits until a visitor has said what is wanted.
fn asked(visitor: &mut TcpStream) -> std::io::Result<()> {
    let mut asked = Vec::new();
    let mut part = [0; 1024];
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        match visitor.read(&mut part)? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            length => asked.extend_from_slice(&part[..length]),
        }
    }
    Ok(())
}
