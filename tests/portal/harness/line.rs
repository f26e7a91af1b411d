//! A line to a portal that can be cut and mended.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
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
        self.state.is_cut.store(true, Ordering::SeqCst);
        for stream in self.state.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// New connections come through again.
    pub fn mend(&self) {
        self.state.is_cut.store(false, Ordering::SeqCst);
    }
}

impl State {
    fn connect(&self, near: TcpStream, far: SocketAddr) -> io::Result<()> {
        let far = TcpStream::connect(far)?;
        let mut open = self.open.lock().unwrap();
        if self.is_cut.load(Ordering::SeqCst) {
            return Ok(());
        }
        open.extend([near.try_clone()?, far.try_clone()?]);
        pass(near.try_clone()?, far.try_clone()?);
        pass(far, near);
        Ok(())
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        // A connection that breaks off is closed at both ends.
        let _ = io::copy(&mut from, &mut to);
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
