//! Work that may wait, such as what models compute for new records: it runs in a thread of the lowest priority,
//! so that it takes what the answers to readers leave over.

use std::future::Future;
use std::io;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Ends when the work has ended; an error where it did not end in order.
pub type Ended = oneshot::Receiver<()>;

/// Runs `work` in a thread of its own, called `name`. Threads that it starts are as patient as it is. Called within
/// a runtime with several threads, whose tasks it may await.
pub fn start<F>(name: &str, work: F) -> io::Result<Ended>
where
    F: Future<Output = ()> + Send + 'static,
{
    let (end, ended) = oneshot::channel();
    let runtime = Handle::current();
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            be_patient();
            runtime.block_on(work);
            let _ = end.send(());
        })?;
    Ok(ended)
}

/// The niceness of what may wait longest.
#[cfg(target_os = "linux")]
const LOWEST: i32 = 19;

/// The lowest priority for this thread and those that it starts. On other systems than Linux it would be that of the
/// whole program, so it stays as it is.
#[cfg(target_os = "linux")]
fn be_patient() {
    if let Err(error) = rustix::process::setpriority_process(None, LOWEST) {
        tracing::debug!(%error, "background work runs at the priority of the portal");
    }
}

#[cfg(not(target_os = "linux"))]
fn be_patient() {}

#[cfg(test)]
mod tests {
    use super::start;

    #[tokio::test(flavor = "multi_thread")]
    async fn it_may_block_and_await_and_tells_its_end() {
        let work = async {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            assert_eq!(tokio::task::block_in_place(|| 1), 1);
        };
        assert!(start("test", work).expect("a thread").await.is_ok());
    }

    #[cfg(target_os = "linux")]
    #[tokio::test(flavor = "multi_thread")]
    async fn it_has_the_lowest_priority_and_others_keep_theirs() {
        let own = || rustix::process::getpriority_process(None).expect("a priority");
        let before = own();
        let (tell, told) = tokio::sync::oneshot::channel();
        let work = async move { tell.send(own()).expect("somebody listens") };
        start("test", work).expect("a thread");
        assert_eq!(told.await, Ok(super::LOWEST));
        assert_eq!(own(), before);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_panic_is_told() {
        let work = async { panic!("on purpose") };
        assert!(start("test", work).expect("a thread").await.is_err());
    }
}
