//! A line to a portal that can be cut and mended.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// Passes on what comes in, until it is cut; it ends with the value.
pub struct Line {
    /// Its own address, such as `http://127.0.0.1:40124`.
    pub origin: String,
    near: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    is_cut: AtomicBool,
    ended: AtomicBool,
    damages: AtomicBool,
    /// Bytes that have come from the reader.
    sent: AtomicU64,
    /// The line is cut once so many have.
    cut_at: AtomicU64,
    /// Parts of files that were asked for.
    parts: Mutex<Vec<String>>,
    /// Both ends of every connection.
    open: Mutex<Vec<TcpStream>>,
}

impl Line {
    /// A line to a portal, by its address.
    pub fn to(origin: &str) -> Self {
        let far: SocketAddr = origin.trim_start_matches("http://").parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = listener.local_addr().unwrap();
        let state = Arc::new(State::default());
        let own = state.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if own.ended.load(Ordering::SeqCst) {
                    return;
                }
                // What cannot be connected is a line that is cut.
                let _ = own.connect(stream, far);
            }
        });
        Self {
            origin: format!("http://{near}"),
            near,
            state,
        }
    }

    /// Nothing comes through any more.
    pub fn cut(&self) {
        self.state.cut();
    }

    /// The same once the reader has sent so many more bytes.
    pub fn cut_after(&self, bytes: u64) {
        let place = self.sent() + bytes;
        self.state.cut_at.store(place, Ordering::SeqCst);
    }

    /// Bytes that the reader has sent.
    pub fn sent(&self) -> u64 {
        self.state.sent.load(Ordering::SeqCst)
    }

    /// Changes one byte of the next part of a file that is asked for, but for its beginning.
    pub fn damage(&self) {
        self.state.damages.store(true, Ordering::SeqCst);
    }

    /// Whether the damage is still to come.
    pub fn is_to_damage(&self) -> bool {
        self.state.damages.load(Ordering::SeqCst)
    }

    /// Parts of files that were asked for, but for beginnings, such as `bytes=200-300`.
    pub fn parts(&self) -> Vec<String> {
        self.state.parts.lock().unwrap().clone()
    }

    /// New connections come through again.
    pub fn mend(&self) {
        self.state.is_cut.store(false, Ordering::SeqCst);
    }
}

impl State {
    fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Counts what comes from the reader, and cuts the line where that was wanted.
    fn count(&self, bytes: usize) {
        let bytes = bytes as u64;
        let sent = self.sent.fetch_add(bytes, Ordering::SeqCst) + bytes;
        let cut_at = self.cut_at.load(Ordering::SeqCst);
        if cut_at > 0 && sent >= cut_at {
            self.cut_at.store(0, Ordering::SeqCst);
            self.cut();
        }
    }

    fn connect(self: &Arc<Self>, near: TcpStream, far: SocketAddr) -> io::Result<()> {
        let far = TcpStream::connect(far)?;
        let mut open = self.open.lock().unwrap();
        if self.is_cut.load(Ordering::SeqCst) {
            return Ok(());
        }
        open.extend([near.try_clone()?, far.try_clone()?]);
        let part = Arc::new(AtomicBool::default());
        let (state, asked) = (self.clone(), part.clone());
        pass(near.try_clone()?, far.try_clone()?, move |request| {
            state.count(request.len());
            let found = part_of_file(request);
            asked.store(found.is_some(), Ordering::SeqCst);
            state.parts.lock().unwrap().extend(found);
        });
        let state = self.clone();
        pass(far, near, move |answer| {
            let large = answer.len() > 4000 && part.load(Ordering::SeqCst);
            if large && state.damages.swap(false, Ordering::SeqCst) {
                answer[answer.len() / 2] ^= 1;
            }
        });
        Ok(())
    }
}

/// What a request says of the part that it wants, unless that is the beginning.
fn part_of_file(request: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let line = text.lines().find(|line| line.starts_with("range: "))?;
    let part = line.trim_start_matches("range: ").trim();
    (!part.starts_with("bytes=0-")).then(|| part.to_owned())
}

/// Passes on in one direction what `on_the_way` sees and may change.
fn pass(mut from: TcpStream, mut to: TcpStream, on_the_way: impl Fn(&mut [u8]) + Send + 'static) {
    thread::spawn(move || {
        let mut piece = vec![0; 64 * 1024];
        // A connection that breaks off is closed at both ends.
        while let Ok(read) = from.read(&mut piece) {
            let piece = &mut piece[..read];
            on_the_way(piece);
            if read == 0 || to.write_all(piece).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
}

impl Drop for Line {
    fn drop(&mut self) {
        self.state.ended.store(true, Ordering::SeqCst);
        self.cut();
        // Wakes the one who waits for connections.
        let _ = TcpStream::connect(self.near);
    }
}
