//! How many are inside, altogether and from one address.

use super::neighbourhood;
use crate::config::Limits;
use ipnet::IpNet;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many of those turned away are told why at the same time.
const REFUSALS: usize = 64;

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The house is full.
    Full,
    /// Too many from one address.
    TooManyFromThere,
}

/// Counts those inside.
pub(super) struct Crowd {
    most: usize,
    most_from_one: usize,
    exempt: Vec<IpNet>,
    inside: Mutex<Inside>,
    refusals: Arc<Semaphore>,
}

#[derive(Default)]
struct Inside {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A place inside, free again when dropped.
pub(super) struct Place {
    crowd: Arc<Crowd>,
    address: IpAddr,
}

impl Crowd {
    pub(super) fn new(limits: &Limits, exempt: Vec<IpNet>) -> Self {
        Self {
            most: limits.connections,
            most_from_one: limits.connections_per_address,
            exempt,
            inside: Mutex::default(),
            refusals: Arc::new(Semaphore::new(REFUSALS)),
        }
    }

    /// Lets somebody in, or says why not.
    pub(super) fn admit(self: &Arc<Self>, from: IpAddr) -> Result<Place, Refusal> {
        let from = from.to_canonical();
        let exempt = self.exempt.iter().any(|network| network.contains(&from));
        let address = neighbourhood(from);
        let mut inside = self.inside();
        if inside.all >= self.most {
            return Err(Refusal::Full);
        }
        let count = inside.by_address.entry(address).or_default();
        if *count >= self.most_from_one && !exempt {
            return Err(Refusal::TooManyFromThere);
        }
        *count += 1;
        inside.all += 1;
        Ok(Place {
            crowd: self.clone(),
            address,
        })
    }

    /// A turn to tell somebody why they are not let in.
    pub(super) fn turn_to_refuse(&self) -> Option<OwnedSemaphorePermit> {
        self.refusals.clone().try_acquire_owned().ok()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.crowd.inside();
        inside.all -= 1;
        if let Some(count) = inside.by_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                inside.by_address.remove(&self.address);
            }
        }
    }
}

/// A short answer before the door closes. What the visitor still sends is read away, since
/// closing on unread bytes would take the answer back.
pub(super) async fn refuse(mut stream: TcpStream, refusal: Refusal) -> std::io::Result<()> {
    let status = match refusal {
        Refusal::Full => "503 Service Unavailable",
        Refusal::TooManyFromThere => "429 Too Many Requests",
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    let mut away = [0; 1024];
    while stream.read(&mut away).await? > 0 {}
    Ok(())
}
