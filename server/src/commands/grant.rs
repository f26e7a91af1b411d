//! `khue grant`, `khue roles`: who may do what.

use crate::auth::{hash, token};
use crate::config::Settings;
use crate::mail::{Post, outgoing};
use crate::portal::DataFolder;
use anyhow::{Context, Result, bail};
use khue_app::Language;
use khue_app::mail;
use khue_content::account::{self, Held, Role, is_institution};
use khue_content::institution::Institution;
use khue_store::actions::OPERATOR;
use khue_store::actions::mail::send_later;
use khue_store::actions::people::{Granted, Invitation, grant, revoke};
use khue_store::{Store, now};

/// How long a link works: two days, in milliseconds.
const VALID: i64 = 2 * 24 * 3_600_000;

/// Give a person a role, or take it; prints a link where the person has to show first that the address is theirs.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The person's e-mail address
    email: String,
    /// learner, teacher, curator, appraiser or administrator
    #[arg(value_parser = role)]
    role: Role,
    /// Code of the institution within which the role holds [default: for all]
    #[arg(long, value_name = "CODE")]
    institution: Option<String>,
    /// Take the role instead
    #[arg(long)]
    revoke: bool,
    /// Send the link by mail, in this language [vi, en or fr], in place of printing it; the portal has to run
    #[arg(long, value_name = "LANGUAGE", num_args = 0..=1, default_missing_value = "vi", value_parser = language, conflicts_with = "revoke")]
    mail: Option<Language>,
    /// Make a new link in any case: for a lost passphrase or a lost second factor
    #[arg(long, conflicts_with = "revoke")]
    new_link: bool,
}

const EXAMPLES: &str = "\
Examples:
  khue grant lan@truong.edu.vn teacher --institution hn-01    a teacher of one school
  khue grant mai@moet.gov.vn appraiser                        an appraiser for all
  khue grant mai@moet.gov.vn appraiser --revoke               no longer
  khue grant mai@moet.gov.vn appraiser --new-link             she has lost her telephone
  khue grant luc@lycee.example teacher --mail=fr              the link goes by mail, in French

The link works once, for two days. Send it to the person by a way that only they read. Whoever has registered with the
address before, without such a link, loses the account to the one who opens it. A change of role ends all sessions
of the person. Appraisers and administrators need a second factor before the role is in force; they switch it on on the
page of their account. `khue roles` prints what each role may do.";

fn role(name: &str) -> Result<Role, String> {
    let names = || Role::ALL.map(Role::name).join(", ");
    Role::parse(name).ok_or_else(|| format!("expected one of {}", names()))
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "expected one of vi, en, fr".to_owned())
}

/// Grants or revokes.
pub async fn run(args: Args, folder: DataFolder, settings: &Settings) -> Result<()> {
    let base_url = settings.base_url.as_deref();
    let post = match args.mail {
        Some(_) => Some(Post::of(settings)?.context(
            "no mail is sent: set `mail.server`, or leave out --mail and pass the link on yourself",
        )?),
        None => None,
    };
    let Some(email) = account::email(&args.email) else {
        bail!("{:?} is no e-mail address", args.email);
    };
    let institution = args.institution.unwrap_or_default();
    if !institution.is_empty() && !is_institution(&institution) {
        bail!(
            "{institution:?} is no code of an institution; use letters, digits, dots, hyphens and underscores, 40 at most"
        );
    }
    let held = Held {
        role: args.role,
        institution,
    };
    let store = folder.open_store().await?;
    if !args.revoke {
        registered(&store, &held.institution).await?;
    }
    let done = match args.revoke {
        true => revoke(&store, OPERATOR, &email, &held)
            .await
            .map(|()| "revoked; all sessions of the person have ended".to_owned()),
        false => {
            let token = token().context("the system has no random numbers")?;
            let invitation = Invitation {
                token_hash: hash(&token),
                expires_at: now() + VALID,
            };
            let granted = grant(&store, OPERATOR, &email, &held, &invitation, args.new_link).await;
            match (granted, post.as_deref(), args.mail) {
                (Ok(Granted::Invited), Some(post), Some(language)) => {
                    let letter = mail::invitation(post.portal(), language, &token);
                    let sent = send_later(&store, &outgoing(&email, letter, None)).await;
                    sent.map(|()| "the portal sends the link by mail; the role waits for the person to open it within two days".to_owned())
                }
                (granted, _, _) => granted.map(|granted| told(granted, &token, base_url)),
            }
        }
    };
    store.close().await?;
    println!("{}", done?);
    Ok(())
}

/// Where there is a register, its codes are the only ones.
async fn registered(store: &Store, code: &str) -> Result<()> {
    let all = store.institutions().await?;
    let known = |one: &Institution| {
        let part = code.strip_prefix(one.code.as_str());
        part.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if code.is_empty() || all.is_empty() || all.iter().any(known) {
        return Ok(());
    }
    bail!(
        "{code:?} is in no row of the register; `khue institutions list` prints them, `khue institutions import` takes new ones in"
    )
}

fn told(granted: Granted, token: &str, base_url: Option<&str>) -> String {
    match granted {
        Granted::InForce => "granted; the person signs in again".to_owned(),
        Granted::Invited => {
            let site = base_url.unwrap_or("http://localhost:3000");
            format!(
                "the role waits for the person to open this link within two days:\n{site}/invitation?token={token}"
            )
        }
    }
}
