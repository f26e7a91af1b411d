//! `khue config`: the settings in force.

use crate::config::{Settings, template};
use anyhow::Result;

/// Show the settings in force and where each comes from.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  khue config\n  khue config --template > khue.toml\n  KHUE_LISTEN=0.0.0.0:80 khue config"
)]
pub struct Args {
    /// Print a commented configuration file to start from
    #[arg(long)]
    pub template: bool,
}

/// Prints; the output is itself a configuration file.
pub fn run(args: &Args, settings: &Settings) -> Result<()> {
    let text = if args.template {
        template()
    } else {
        in_force(settings)
    };
    print!("{text}");
    Ok(())
}

fn in_force(settings: &Settings) -> String {
    let mut text = String::new();
    let mut group = "";
    for shown in &settings.shown {
        let (place, name) = shown.setting.place();
        if place != group {
            text.push_str(&format!("\n[{place}]\n"));
            group = place;
        }
        let line = format!("{name} = {}", shown.value);
        text.push_str(&format!("{line:<44} # {}\n", shown.origin));
    }
    for (name, meant) in &settings.unknown_variables {
        let hint = meant
            .as_ref()
            .map(|meant| format!("; did you mean {meant}?"))
            .unwrap_or_default();
        text.push_str(&format!(
            "\n# {name} in the environment sets nothing{hint}\n"
        ));
    }
    text
}
