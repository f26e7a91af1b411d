//! What reads school packs in the browser, built in the background while the portal answers already.

use std::{
    env,
    fs::File,
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Context, Result};
use clap::Args;

use crate::{Options, Packs, build, cargo::Workspace, write};

/// Builds what reads packs at low priority and publishes the site again; ends with the portal.
#[derive(Debug, Args)]
pub struct PacksArgs {
    /// Process of the portal, our parent
    #[arg(long)]
    beside: u32,
}

/// Starts [`packs`] beside this process, which becomes the portal; the file that it writes to.
pub(crate) fn start_beside(workspace: &Workspace) -> Result<PathBuf> {
    let log = workspace.target.join("packs.log");
    let file = File::create(&log).with_context(|| format!("writing {}", log.display()))?;
    let program = env::current_exe().context("finding this program")?;
    let mut child = Command::new(&program);
    child
        .args(["packs", "--beside", &std::process::id().to_string()])
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    child
        .spawn()
        .with_context(|| format!("{} could not be started", program.display()))?;
    Ok(log)
}

/// Builds; the manifest of the site says how it ended.
pub fn packs(args: &PacksArgs) -> Result<ExitCode> {
    let workspace = Workspace::find(&Options::default())?;
    let out = workspace.target.join("site");
    background::give_way();
    background::end_with(args.beside, out.clone())?;
    println!("building what reads school packs in the browser; the portal answers meanwhile");
    let built = build(&Options::default());
    match &built {
        Ok(report) if report.has_packs() => println!("{report}done: /offline offers packs now"),
        Ok(_) => println!("failed: mend what is said above, then `cargo start` again"),
        Err(_) => write::note_packs(&out, Packs::Failed)?,
    }
    let well = built?.has_packs();
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(unix)]
mod background {
    use std::{os::unix::process::parent_id, path::PathBuf, process::exit, thread, time::Duration};

    use anyhow::{Context, Result};
    use rustix::process::{Signal, kill_current_process_group, nice, setpgid};

    use crate::{Packs, write};

    /// The portal and its readers come first.
    pub(super) fn give_way() {
        if let Err(error) = nice(15) {
            eprintln!("warning: building at the usual priority: {error}");
        }
    }

    /// Ends this process, cargo and all compilers once our parent is another than the portal, which has ended then, in whatever way.
    pub(super) fn end_with(portal: u32, out: PathBuf) -> Result<()> {
        setpgid(None, None).context("making a group of processes that can be ended together")?;
        thread::spawn(move || {
            while parent_id() == portal {
                thread::sleep(Duration::from_millis(300));
            }
            println!(
                "stopped, since the portal has ended; the next `cargo start` goes on from here"
            );
            if let Err(error) = write::note_packs(&out, Packs::LeftOut) {
                eprintln!("warning: the site still says that packs are coming: {error:#}");
            }
            if let Err(error) = kill_current_process_group(Signal::TERM) {
                eprintln!("warning: compilers may go on for a while: {error}");
                exit(1);
            }
        });
        Ok(())
    }
}

#[cfg(not(unix))]
mod background {
    pub(super) fn give_way() {}

    pub(super) fn end_with(_portal: u32, _out: std::path::PathBuf) -> anyhow::Result<()> {
        Ok(())
    }
}
