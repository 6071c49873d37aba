//! The server as a browser sees it: over TCP.

use super::*;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

/// A folder with a page in it, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("interleave-server-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("sub")).unwrap();
        fs::write(folder.join("index.html"), "the page").unwrap();
        fs::write(folder.join("a.wasm"), "plain").unwrap();
        fs::write(folder.join("a.wasm.br"), "small").unwrap();
        fs::write(folder.join("b.js"), "").unwrap();
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn get(server: &Server, path: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(server.addr).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_page_is_isolated_and_not_kept() {
    let folder = Folder::new("isolated");
    let server = Server::start(Options::new(&folder.0)).unwrap();
    let page = get(&server, "/", "");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    for header in [
        "content-type: text/html",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-embedder-policy: require-corp",
        "cross-origin-resource-policy: cross-origin",
        "cache-control: no-cache",
    ] {
        assert!(page.contains(header), "no {header} in {page}");
    }
    assert!(page.ends_with("the page"));
}

#[test]
fn types_compression_and_absence() {
    let folder = Folder::new("types");
    let server = Server::start(Options { isolation: false, ..Options::new(&folder.0) }).unwrap();
    assert!(!get(&server, "/", "").contains("cross-origin"));
    assert!(get(&server, "/b.js", "").contains("content-type: text/javascript"));
    let wasm = get(&server, "/a.wasm", "");
    assert!(wasm.contains("content-type: application/wasm") && wasm.ends_with("plain"), "{wasm}");
    let small = get(&server, "/a.wasm", "accept-encoding: gzip, br\r\n");
    assert!(small.contains("content-encoding: br") && small.ends_with("small"), "{small}");
    assert!(small.contains("content-type: application/wasm"), "{small}");
    assert!(get(&server, "/no/such/page", "").starts_with("HTTP/1.1 404"));
    assert!(get(&server, "/../Cargo.toml", "").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_sub_path_and_nothing_beside_it() {
    let folder = Folder::new("prefix");
    let server = Server::start(Options { prefix: "docs/demo".to_owned(), ..Options::new(&folder.0) }).unwrap();
    assert_eq!(server.url(), format!("http://{}/docs/demo/", server.addr));
    assert!(get(&server, "/docs/demo/", "").ends_with("the page"));
    assert!(get(&server, "/docs/demo/b.js", "").starts_with("HTTP/1.1 200"));
    let bare = get(&server, "/docs/demo", "");
    assert!(bare.starts_with("HTTP/1.1 308") && bare.contains("location: /docs/demo/"), "{bare}");
    assert!(get(&server, "/", "").starts_with("HTTP/1.1 404"));
    assert!(get(&server, "/b.js", "").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_service_worker_can_be_refused() {
    let folder = Folder::new("refused");
    fs::write(folder.0.join("sw.js"), "").unwrap();
    for prefix in ["/", "/docs/"] {
        let options = Options { prefix: prefix.to_owned(), ..Options::new(&folder.0) };
        let server = Server::start(options.clone()).unwrap();
        assert!(get(&server, &format!("{prefix}sw.js"), "").starts_with("HTTP/1.1 200"));
        let server = Server::start(Options { service_worker: false, ..options }).unwrap();
        assert!(get(&server, &format!("{prefix}sw.js"), "").starts_with("HTTP/1.1 404"));
        assert!(get(&server, &format!("{prefix}b.js"), "").starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn a_taken_port_is_said_and_a_dropped_server_frees_it() {
    let folder = Folder::new("port");
    let server = Server::start(Options::new(&folder.0)).unwrap();
    let port = server.addr.port();
    let error = Listener::bind(port).err().unwrap().to_string();
    assert!(error.contains(&format!("port {port} is taken")), "{error}");
    // A connection that is open does not hold the server up.
    let _open = TcpStream::connect(server.addr).unwrap();
    drop(server);
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
}
