//! Settings from file, environment and flags.

use khue_server::config::{ConfigError, Flags, Origin, SETTINGS, Settings, load, template};
use std::io::Write;

fn read(
    file: &str,
    variables: &[(&str, &str)],
    flags: &[(&'static str, &str, &'static str)],
) -> Result<Settings, ConfigError> {
    let mut written = tempfile::NamedTempFile::new().unwrap();
    written.write_all(file.as_bytes()).unwrap();
    let mut given = Flags {
        config: Some(written.path().to_owned()),
        ..Flags::default()
    };
    for (key, value, flag) in flags {
        given.set(key, flag, Some((*value).to_owned()));
    }
    load(
        &given,
        variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    )
}

fn error(file: &str) -> String {
    read(file, &[], &[]).unwrap_err().to_string()
}

fn origin(settings: &Settings, key: &str) -> String {
    let shown = settings
        .shown
        .iter()
        .find(|shown| shown.setting.key == key)
        .unwrap();
    match &shown.origin {
        Origin::File(_, line) => format!("line {line}"),
        other => other.to_string(),
    }
}

#[test]
fn every_default_is_valid() {
    let settings = Settings::defaults().unwrap();
    assert_eq!(settings.listen, "127.0.0.1:3000");
    assert_eq!(settings.database, None);
    assert_eq!(settings.shown.len(), SETTINGS.len());
}

#[test]
fn flags_win_over_environment_over_file() {
    let file = "listen = \"127.0.0.1:1\"\nname = \"File\"\n[limits]\nconnections = 7\nheader = 2.5\nidle = 3\n";
    let variables = [
        ("KHUE_LISTEN", "127.0.0.1:2"),
        ("KHUE_LIMITS_CONNECTIONS", "8"),
        ("KHUE_NAME", ""),
    ];
    let settings = read(file, &variables, &[("listen", "127.0.0.1:3", "--listen")]).unwrap();
    assert_eq!(
        (
            settings.listen.as_str(),
            settings.limits.connections,
            settings.name.as_str()
        ),
        ("127.0.0.1:3", 8, "File")
    );
    assert_eq!(
        (
            settings.limits.header.as_millis(),
            settings.limits.idle.as_secs()
        ),
        (2500, 3)
    );
    assert_eq!(origin(&settings, "listen"), "flag --listen");
    assert_eq!(
        origin(&settings, "limits.connections"),
        "environment KHUE_LIMITS_CONNECTIONS"
    );
    assert_eq!(origin(&settings, "name"), "line 2");
    assert_eq!(origin(&settings, "limits.header"), "line 5");
    assert_eq!(origin(&settings, "data"), "default");
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_the_one_meant() {
    let told = error("name = \"x\"\n\n[limits]\nconections = 5\n");
    assert!(
        told.contains("line 4")
            && told.contains("`limits.conections`")
            && told.contains("`limits.connections`"),
        "{told}"
    );
    let told = error("[limit]\nconnections = 5\n");
    assert!(
        told.contains("line 2") && told.contains("`limits.connections`"),
        "{told}"
    );
    let told = error("zzz = 5\n");
    assert!(
        told.contains("line 1") && told.contains("--template"),
        "{told}"
    );
}

#[test]
fn wrong_values_are_named_with_their_place() {
    let told = error("[limits]\nconnections = \"many\"\n");
    assert!(
        told.contains("limits.connections") && told.contains("line 2"),
        "{told}"
    );
    assert!(error("listen = = 1\n").contains("line 1"));
    for wrong in [
        "listen = \"here\"",
        "base_url = \"khue.example\"",
        "base_url = \"https://\"",
        "[log]\nformat = \"xml\"",
        "[limits]\nheader = 0",
        "[limits]\nheader = -1",
        "[limits]\nidle = 1e99",
        "[limits]\nconnections = 0",
        "trusted_proxies = [\"nowhere\"]",
        "[limits]\nburst = -5",
        "[uploads]\nfile_bytes = 0",
        "[uploads]\nunfinished = 0",
        "[uploads]\nunfinished_bytes = 1000",
    ] {
        let told = error(wrong);
        let key = wrong
            .rsplit('\n')
            .next()
            .unwrap()
            .split(' ')
            .next()
            .unwrap();
        assert!(
            told.contains(key) || key == "trusted_proxies",
            "{wrong}: {told}"
        );
    }
}

#[test]
fn lists_come_from_everywhere() {
    let of = |settings: Settings| {
        settings
            .trusted_proxies
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(read("trusted_proxies = [\"10.0.0.0/8\"]\n", &[], &[]).unwrap()),
        ["10.0.0.0/8"]
    );
    let variables = [("KHUE_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.0/24")];
    assert_eq!(
        of(read("", &variables, &[]).unwrap()),
        ["10.0.0.0/8", "192.0.2.0/24"]
    );
}

#[test]
fn passwords_are_not_shown() {
    let settings = read(
        "database = \"postgres://khue:geheim@db.example/khue\"\n",
        &[],
        &[],
    )
    .unwrap();
    assert_eq!(
        settings.database.as_deref(),
        Some("postgres://khue:geheim@db.example/khue")
    );
    let shown: Vec<&str> = settings
        .shown
        .iter()
        .map(|shown| shown.value.as_str())
        .collect();
    assert!(
        shown.contains(&"\"postgres://khue:***@db.example/khue\"")
            && !shown.concat().contains("geheim"),
        "{shown:?}"
    );
}

#[test]
fn the_template_says_the_defaults_and_is_valid_either_way() {
    let text = template();
    let settings = read(&text, &[], &[]).unwrap();
    assert!(
        settings
            .shown
            .iter()
            .all(|shown| shown.origin == Origin::Default)
    );
    // The same with every setting taken out of its comment.
    let is_setting = |line: &str| {
        SETTINGS
            .iter()
            .any(|s| line.starts_with(&format!("# {} = ", s.place().1)))
    };
    let live: Vec<String> = text
        .lines()
        .map(|line| {
            if is_setting(line) {
                line[2..].to_owned()
            } else {
                line.to_owned()
            }
        })
        .collect();
    let settings = read(&live.join("\n"), &[], &[]).unwrap();
    assert!(
        settings
            .shown
            .iter()
            .all(|shown| matches!(shown.origin, Origin::File(..)))
    );
    let defaults = Settings::defaults().unwrap();
    assert_eq!(
        format!("{:?}", settings.limits),
        format!("{:?}", defaults.limits)
    );
}

#[test]
fn a_variable_that_sets_nothing_is_noticed() {
    let settings = read(
        "",
        &[("KHUE_LISTN", "x"), ("KHUE_CONFIG", ""), ("HOME", "y")],
        &[],
    )
    .unwrap();
    assert_eq!(
        settings.unknown_variables,
        [("KHUE_LISTN".to_owned(), Some("KHUE_LISTEN".to_owned()))]
    );
}
