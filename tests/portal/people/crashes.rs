//! The portal is killed with signal 9 at random moments while people work: nothing that was acknowledged is lost.
//!
//! `KHUE_CRASHES` says how often; a handful unless it is set.

use crate::harness::{Answer, Person, Setup, TestPortal};
use std::sync::{Arc, RwLock};
use std::time::Duration;

/// What somebody was told to be done.
#[derive(Debug)]
enum Told {
    /// The draft has this name.
    Saved(String, String),
    /// The submission has this file.
    Kept(String, String),
    /// The submission was sent.
    Sent(String),
    /// Everybody can read it.
    Published(String),
}

fn crashes() -> usize {
    let set = std::env::var("KHUE_CRASHES").ok();
    set.and_then(|number| number.parse().ok()).unwrap_or(4)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Somebody at a portal that comes and goes.
struct Worker {
    portal: Arc<RwLock<TestPortal>>,
    cookie: String,
}

impl Worker {
    fn ask(&self, method: &str, path: &str, kind: &str, body: &str) -> Answer {
        let headers = [
            ("content-type", kind),
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        self.portal
            .read()
            .unwrap()
            .ask(method, path, &headers, body)
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "text/plain", "")
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", crate::harness::encode(value)));
        let body = body.collect::<Vec<_>>().join("&");
        self.ask("POST", path, "application/x-www-form-urlencoded", &body)
    }

    fn edition(&self, path: &str) -> Option<String> {
        let page = self.get(path);
        let editions =
            (page.status == 200).then(|| page.page().attributes("input[name=edition]", "value"));
        editions?.into_iter().next()
    }

    /// Writes, uploads and sends one thing after the other until the portal is gone; what was acknowledged.
    fn write(&self, round: usize) -> Vec<Told> {
        let mut told = Vec::new();
        for turn in 0.. {
            if self
                .one(&format!("Bài {round} {turn}"), &mut told)
                .is_none()
            {
                break;
            }
        }
        told
    }

    fn one(&self, name: &str, told: &mut Vec<Told>) -> Option<()> {
        let begun = self.post("/submissions", &[]);
        let number = (begun.status == 303).then(|| begun.header("location").to_owned())?;
        let number = number.rsplit('/').next()?.to_owned();
        let path = format!("/submissions/{number}");
        self.save(&path, name, "save")?;
        told.push(Told::Saved(number.clone(), name.to_owned()));
        let content = format!("Nội dung của {name}");
        let body = format!(
            "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n{content}\r\n--B--\r\n"
        );
        let kept = self.ask(
            "POST",
            &format!("{path}/files"),
            "multipart/form-data; boundary=B",
            &body,
        );
        (kept.status == 303).then_some(())?;
        told.push(Told::Kept(number.clone(), content));
        self.save(&path, name, "send")?;
        told.push(Told::Sent(number));
        Some(())
    }

    fn save(&self, path: &str, name: &str, button: &str) -> Option<()> {
        let uri = |scheme: &str, name: &str| {
            let found = khue_content::vocabulary::find(scheme, name);
            found.unwrap().id.clone()
        };
        let (about, level) = (uri("about", "toan"), uri("educationalLevel", "grade-4"));
        let (kind, license) = (
            uri("learningResourceType", "lesson"),
            uri("license", "CC BY 4.0"),
        );
        let edition = self.edition(path)?;
        let fields = [
            ("edition", edition.as_str()),
            ("name", name),
            ("description", "Một bài để thử khi mất điện."),
            ("about", &about),
            ("educationalLevel", &level),
            ("learningResourceType", &kind),
            ("license", &license),
            ("inLanguage", "vi"),
            ("creator", "Lan"),
            ("text", "Đoạn văn của bài này đủ dài để đọc."),
            ("do", button),
        ];
        (self.post(path, &fields).status == 303).then_some(())
    }

    /// Publishes what waits until the portal is gone.
    fn publish(&self, numbers: &[String]) -> Vec<Told> {
        let mut told = Vec::new();
        for number in numbers {
            let path = format!("/desk/{number}");
            for step in ["accept", "publish"] {
                let Some(edition) = self.edition(&path) else {
                    return told;
                };
                let done = self.post(&path, &[("edition", &edition), ("do", step)]);
                if done.status == 303 && step == "publish" {
                    told.push(Told::Published(number.clone()));
                }
            }
        }
        told
    }

    /// Whether it is so.
    fn holds(&self, told: &Told) -> bool {
        let own = |number: &String| self.get(&format!("/submissions/{number}"));
        match told {
            Told::Saved(number, name) => own(number).text().contains(name.as_str()),
            Told::Sent(number) => !own(number).text().contains("Bản nháp"),
            Told::Published(number) => self.get(&format!("/resources/{number}")).status == 200,
            Told::Kept(number, content) => {
                let links = own(number).page().attributes(".file-list a", "href");
                links.iter().any(|link| self.get(link).text() == *content)
            }
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_portal_is_killed() {
    let started = Arc::new(TestPortal::start(Setup::default()));
    let lan = Person::registered(&started, "crash-lan").cookie;
    let mai = Person::with_role(&started, "crash-mai", "appraiser", None).cookie;
    let portal = Arc::try_unwrap(started).unwrap_or_else(|_| panic!("somebody holds the portal"));
    let portal = Arc::new(RwLock::new(portal));
    let worker = |cookie: &str| Worker {
        portal: portal.clone(),
        cookie: cookie.to_owned(),
    };
    let (lan, mai) = (worker(&lan), worker(&mai));
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut waiting, mut checked, mut slowest) = (Vec::new(), 0, Duration::ZERO);
    for round in 0..crashes() {
        let told = work_until_killed(&lan, &mai, &waiting, round, dice.below(1_500));
        let took = portal.write().unwrap().start_again();
        slowest = slowest.max(took);
        for one in &told {
            assert!(
                lan.holds(one),
                "round {round}: lost {one:?}\n{}",
                portal.read().unwrap().log()
            );
        }
        checked += told.len();
        let sent = told.iter().filter_map(|one| match one {
            Told::Sent(number) => Some(number.clone()),
            _ => None,
        });
        waiting = sent.collect();
        let whole = portal
            .read()
            .unwrap()
            .command(&["audit", "verify"])
            .unwrap();
        assert!(whole.starts_with("whole: "), "round {round}: {whole}");
    }
    println!(
        "{} kills, {checked} acknowledged writes, none lost; slowest start {} ms",
        crashes(),
        slowest.as_millis()
    );
    assert!(checked > 0, "nothing was acknowledged between the kills");
}

/// Two people work; the portal is killed after so many milliseconds. What both were told.
fn work_until_killed(
    lan: &Worker,
    mai: &Worker,
    waiting: &[String],
    round: usize,
    moment: u64,
) -> Vec<Told> {
    let process = lan.portal.read().unwrap().process().to_string();
    std::thread::scope(|scope| {
        let (writes, publishes) = (
            scope.spawn(|| lan.write(round)),
            scope.spawn(|| mai.publish(waiting)),
        );
        std::thread::sleep(Duration::from_millis(200 + moment));
        let killed = std::process::Command::new("kill")
            .args(["-9", &process])
            .status();
        assert!(killed.unwrap().success());
        let mut told = writes.join().unwrap();
        told.extend(publishes.join().unwrap());
        lan.portal.write().unwrap().kill_is_over();
        told
    })
}

/// A start that is cut off while it makes its tables leaves nothing that the next one stumbles over.
#[test]
fn a_first_start_that_is_killed_can_be_repeated() {
    let mut dice = Dice(7);
    for _ in 0..crashes().min(40) {
        let moment = Duration::from_millis(dice.below(400));
        let mut portal = TestPortal::start_and_kill_after(moment);
        portal.start_again();
        assert_eq!(portal.get("/").status, 200, "killed after {moment:?}");
        let whole = portal.command(&["audit", "verify"]).unwrap();
        assert!(whole.starts_with("whole: "), "{whole}");
    }
}
