//! Real web servers with the ready files of `deploy/`, on a port of this machine, for a folder as `cargo xtask build` makes it.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::browser::variable;
use crate::deployed::copy_of_dist;

/// A server that there is a ready file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// deploy/nginx.conf
    Nginx,
    /// deploy/Caddyfile
    Caddy,
}

/// Where Debian puts nginx's module for brotli.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
/// How long a server may take to come up.
const UP_WITHIN: Duration = Duration::from_secs(20);

/// A server that runs. Dropping it ends it.
pub struct Host {
    process: Child,
    port: u16,
    path: String,
    /// Whether it sends copies by brotli.
    pub brotli: bool,
}

impl Host {
    /// Starts one that serves the tested page under `path`, which begins and ends with a slash.
    ///
    /// # Errors
    /// If it is not installed, or does not take its file.
    pub fn start(kind: Kind, path: &str) -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let name = format!("{kind:?}-{port}");
        let own = std::path::absolute(variable("INTERLEAVE_PROFILES")?.join(name))?;
        fs::create_dir_all(&own)?;
        let folder = packed()?;
        let brotli = kind == Kind::Caddy || Path::new(BROTLI).is_file();
        let mut command = match kind {
            Kind::Nginx => nginx(&own, &folder, port, path, brotli)?,
            Kind::Caddy => caddy(&own, &folder, port, path)?,
        };
        let log = own.join("log");
        let out = fs::File::create(&log)?;
        command.stdin(Stdio::null()).stderr(out.try_clone()?).stdout(out);
        let process = command.spawn().with_context(|| format!("{command:?} does not start"))?;
        let mut host = Self { process, port, path: path.into(), brotli };
        let began = Instant::now();
        // Not only a connection: on a port that was free a moment ago somebody else may take one, or it is connected to itself.
        while !host.head("", "identity").is_ok_and(|head| head.starts_with("http/1.1")) {
            let ended = host.process.try_wait()?.is_some();
            if ended || began.elapsed() > UP_WITHIN {
                bail!("{kind:?} did not come up:\n{}", fs::read_to_string(&log)?);
            }
            std::thread::sleep(Duration::from_millis(30));
        }
        Ok(host)
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.path)
    }

    /// Asks for a file of the page; the head of the answer, in lower case.
    ///
    /// # Errors
    /// If nothing comes.
    pub fn head(&self, file: &str, encodings: &str) -> Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(UP_WITHIN))?;
        let path = &self.path;
        write!(
            stream,
            "GET {path}{file} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\naccept-encoding: {encodings}\r\nconnection: close\r\n\r\n",
            self.port
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|end| end == b"\r\n\r\n").context("an answer has a head")?;
        Ok(String::from_utf8_lossy(&answer[..end]).to_lowercase())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The page as `cargo xtask build` leaves it, made once.
///
/// # Errors
/// If it cannot be copied or compressed.
pub fn packed() -> Result<PathBuf> {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    if let Some(folder) = FOLDER.get() {
        return Ok(folder.clone());
    }
    let folder = copy_of_dist()?;
    xtask::pack::folder(&folder)?;
    Ok(FOLDER.get_or_init(|| folder).clone())
}

/// A ready file with what its comments say is to be set: `settings` are pairs of what stands there and what is put there.
fn ready(file: &str, settings: &[(&str, String)]) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy").join(file);
    let mut text = fs::read_to_string(path)?;
    for (there, set) in settings {
        ensure!(text.matches(there).count() == 1, "“{there}” should stand once in deploy/{file}");
        text = text.replace(there, set);
    }
    Ok(text)
}

fn nginx(own: &Path, folder: &Path, port: u16, path: &str, brotli: bool) -> Result<Command> {
    let folder = folder.display();
    let mut settings =
        vec![("listen 80;", format!("listen 127.0.0.1:{port};")), ("location / {", format!("location {path} {{"))];
    let root = "root /var/www/interleave;";
    settings.push(if path == "/" { (root, format!("root {folder};")) } else { (root, format!("alias {folder}/;")) });
    if brotli {
        settings.push(("#brotli_static on;", "brotli_static on;".into()));
    }
    let site = ready("nginx.conf", &settings)?;
    let module = if brotli { format!("load_module {BROTLI};\n") } else { String::new() };
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|of| format!("{of}_temp_path {}/{of};\n", own.display()))
        .concat();
    let config = own.join("nginx.conf");
    let text = format!(
        "{module}daemon off;\nmaster_process off;\npid {}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{site}\n}}\n",
        own.display()
    );
    fs::write(&config, text)?;
    let mut command = Command::new(variable("INTERLEAVE_NGINX")?);
    command.args(["-e", "stderr", "-p"]).arg(own).arg("-c").arg(config);
    Ok(command)
}

fn caddy(own: &Path, folder: &Path, port: u16, path: &str) -> Result<Command> {
    let mut settings =
        vec![(":80 {", format!("http://127.0.0.1:{port} {{")), ("/var/www/interleave", folder.display().to_string())];
    if path != "/" {
        settings.push(("handle {  ", format!("handle_path {path}* {{  ")));
    }
    // It would listen on a port of its own for being told what to do.
    let text = format!("{{\n\tadmin off\n}}\n{}", ready("Caddyfile", &settings)?);
    let config = own.join("Caddyfile");
    fs::write(&config, text)?;
    let mut command = Command::new(variable("INTERLEAVE_CADDY")?);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(config);
    command.env("HOME", own).env("XDG_DATA_HOME", own).env("XDG_CONFIG_HOME", own);
    Ok(command)
}
