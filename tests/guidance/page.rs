//! `docs/errors.md`: all that guidance says, for people who help others.

use hallpass::{
    classroom::{reason::Reason, status::Status},
    config::Config,
    guidance::{Action, Actor, Audience, Guidance, Task, Tone, Trouble, guide},
    i18n::{Catalogue, Message},
};

use super::cases::{self, Doing};

/// Somebody who does something.
type Cell = (&'static Doing, Audience);

/// The same words, who reads them, and what they may do.
struct Reading {
    message: Message,
    actor: Actor,
    tone: Tone,
    words: String,
    actions: Vec<Action>,
    trying_again_helps: bool,
    cells: Vec<Cell>,
}

/// The whole page, in the words of `english`.
pub fn page(english: &Catalogue) -> String {
    let mut out = INTRODUCTION.to_owned();
    let page = cases::page();

    out += "\n## Before Google is asked, and where no answer comes\n";
    let mut last = String::new();
    for sign in cases::signs() {
        let heading = match sign.name {
            Some(name) => name.to_owned(),
            None => format!("`{}`", sign.trouble.reason()),
        };
        if heading != last {
            out += &format!("\n### {heading}\n");
            last = heading;
        }
        let troubles = sign
            .doings
            .iter()
            .map(|doing| (*doing, sign.trouble.clone()));
        let readings = readings(english, troubles, &sign.config);
        out += &format!("\n{}\n", sign.about);
        out += &table(&readings, english);
    }
    out += START_FAILED;

    out += "\n## Reasons that Google names\n";
    let mut unmet = Vec::new();
    let mut entries = Vec::new();
    for reason in Reason::KNOWN {
        let (about, status, doings) = cases::about(reason);
        if doings.is_empty() {
            unmet.push((reason, about));
            continue;
        }
        let troubles = doings
            .iter()
            .map(|doing| (*doing, cases::refused(doing, &status, Some(reason))));
        let table = table(&readings(english, troubles, &page), english);
        entries.push((format!("`{}`", reason.name()), about, table));
    }
    out += &sections(entries);
    out += UNMET;
    for (reason, about) in unmet {
        out += &format!("- `{}`: {about}\n", reason.name());
    }

    out += "\n## Answers without a reason\n";
    let entries = cases::statuses().into_iter().map(|status| {
        let (about, _, doings) = cases::about_status(&status);
        let troubles = doings
            .iter()
            .map(|doing| (*doing, cases::refused(doing, &status, None)));
        let table = table(&readings(english, troubles, &page), english);
        (heading(&status), about, table)
    });
    out += &sections(entries.collect());
    out
}

/// A section for each table, with all the names that it stands for.
fn sections(entries: Vec<(String, &str, String)>) -> String {
    let mut merged: Vec<(Vec<(String, &str)>, String)> = Vec::new();
    for (name, about, table) in entries {
        match merged.iter_mut().find(|(_, same)| *same == table) {
            Some((names, _)) => names.push((name, about)),
            None => merged.push((vec![(name, about)], table)),
        }
    }
    let mut out = String::new();
    for (names, table) in merged {
        let headings: Vec<_> = names.iter().map(|(name, _)| name.as_str()).collect();
        out += &format!("\n### {}\n\n", headings.join(", "));
        match names.as_slice() {
            [(_, about)] => out += &format!("{about}\n"),
            several => {
                for (name, about) in several {
                    out += &format!("- {name}: {about}\n");
                }
            }
        }
        out += &table;
    }
    out
}

fn heading(status: &Status) -> String {
    match status {
        Status::Other(_) => "Any other status".to_owned(),
        Status::Missing(_) => "no status (`BAD_RESPONSE`)".to_owned(),
        known => format!("`{known}`"),
    }
}

/// What is read about these troubles: each text once.
fn readings(
    english: &Catalogue,
    troubles: impl Iterator<Item = (&'static Doing, Trouble)>,
    config: &Config,
) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for (doing, trouble) in troubles {
        for audience in doing.readers {
            let guidance = guide(doing.task, *audience, &trouble, Some(config));
            let found = readings.iter_mut().find(|reading| {
                (reading.message, reading.actor, reading.tone)
                    == (guidance.message, guidance.actor, guidance.tone)
            });
            match found {
                Some(reading) => {
                    for action in guidance.actions {
                        if !reading.actions.contains(&action) {
                            reading.actions.push(action);
                        }
                    }
                    reading.cells.push((doing, *audience));
                }
                None => readings.push(Reading {
                    message: guidance.message,
                    actor: guidance.actor,
                    tone: guidance.tone,
                    words: words(english, &guidance),
                    trying_again_helps: guidance.trying_again_helps(),
                    actions: guidance.actions,
                    cells: vec![(doing, *audience)],
                }),
            }
        }
    }
    readings
}

fn words(english: &Catalogue, guidance: &Guidance) -> String {
    let part = |part| guidance.words(english, part);
    let title = part(guidance.message.title());
    let stop = if title.ends_with('?') { "" } else { "." };
    let what = part(guidance.message.what());
    let next = part(guidance.message.next());
    format!("**{title}{stop}** {what} {next}")
}

/// What is read about a trouble.
fn table(readings: &[Reading], english: &Catalogue) -> String {
    let mut out = "\n".to_owned();
    out += "| Who | reads | Whose move it is | Buttons | Trying again |\n|---|---|---|---|---|\n";
    let all: Vec<_> = readings
        .iter()
        .flat_map(|reading| reading.cells.clone())
        .collect();
    for reading in readings {
        let who = if readings.len() == 1 {
            "Everybody".to_owned()
        } else {
            readers(&reading.cells, &all)
        };
        let move_of = match (reading.tone, reading.actor) {
            (Tone::Done, Actor::Nobody) => "nobody's: it is so already, and shown as success",
            (Tone::Done, Actor::OtherPerson) => {
                "the other person's: it is so already, and shown as success"
            }
            (_, actor) => move_of(actor),
        };
        let buttons: Vec<_> = reading
            .actions
            .iter()
            .map(|action| english.fill(action.label(), &[("name", "your school")]))
            .collect();
        let buttons = if buttons.is_empty() {
            "none".to_owned()
        } else {
            buttons.join(", ")
        };
        let again = if reading.trying_again_helps {
            "can help"
        } else {
            "does not help"
        };
        out += &format!(
            "| {who} | {} | {move_of} | {buttons} | {again} |\n",
            reading.words
        );
    }
    out
}

fn move_of(actor: Actor) -> &'static str {
    match actor {
        Actor::You => "the reader's",
        Actor::YouOrSchool => "the reader's, then the school's",
        Actor::Teacher => "the teacher's, or that of whoever invited",
        Actor::OtherPerson => "the other person's",
        Actor::School => "the school's",
        Actor::PageOwner => "that of whoever looks after the page",
        Actor::Google => "Google's: it passes",
        Actor::Nobody => "nobody's",
    }
}

/// Who they are, of all who meet the trouble, and when, if not always.
fn readers(cells: &[Cell], all: &[Cell]) -> String {
    let is_whole = |doing: &Doing| {
        let mut of_it = all.iter().filter(|(other, _)| *other == doing);
        of_it.all(|cell| cells.contains(cell))
    };
    let by_audience = by_audience(cells, all);
    let text = if by_audience.contains(',') && cells.iter().all(|(doing, _)| is_whole(doing)) {
        let (mine, others): (Vec<Cell>, Vec<Cell>) =
            all.iter().partition(|cell| cells.contains(cell));
        let (mine, others) = (whens(&mine), whens(&others));
        if cells.iter().all(|(_, audience)| *audience == cells[0].1) {
            by_audience
        } else if mine.len() > others.len() {
            format!("everybody but those {}", list(&others, "or"))
        } else {
            format!("everybody {}", list(&mine, "or"))
        }
    } else {
        by_audience
    };
    text[..1].to_uppercase() + &text[1..]
}

/// Each audience with what it does, and audiences that do the same together.
fn by_audience(cells: &[Cell], all: &[Cell]) -> String {
    let of = |cells: &[Cell], audience| -> Vec<Cell> {
        let cells = cells.iter().filter(|(_, reader)| *reader == audience);
        cells.copied().collect()
    };
    let mut groups: Vec<(Vec<&str>, String)> = Vec::new();
    for audience in Audience::ALL {
        let mine = of(cells, audience);
        if mine.is_empty() {
            continue;
        }
        let when = if mine.len() == of(all, audience).len() {
            String::new()
        } else {
            format!(", {}", list(&whens(&mine), "or"))
        };
        match groups.iter_mut().find(|(_, same)| *same == when) {
            Some((audiences, _)) => audiences.push(who(audience)),
            None => groups.push((vec![who(audience)], when)),
        }
    }
    let groups: Vec<_> = groups
        .into_iter()
        .map(|(audiences, when)| list(&audiences, "and") + &when)
        .collect();
    groups.join("; ")
}

/// What is done, each once, and what belongs to one task by the task's name.
fn whens(cells: &[Cell]) -> Vec<&'static str> {
    let mut whens = Vec::new();
    for (doing, _) in cells {
        let is_done = |other: &&Doing| cells.iter().any(|(done, _)| done == other);
        let of_task = || {
            cases::ALL
                .into_iter()
                .filter(|other| other.task == doing.task)
        };
        let when = match doing.task {
            Task::Received if of_task().all(|other| is_done(&other)) => "answering an invitation",
            Task::Pending if of_task().all(|other| is_done(&other)) => {
                "looking after open invitations"
            }
            Task::Share if of_task().all(|other| is_done(&other)) => "sharing a class",
            _ => doing.name,
        };
        if !whens.contains(&when) {
            whens.push(when);
        }
    }
    whens
}

fn who(audience: Audience) -> &'static str {
    match audience {
        Audience::Student => "students",
        Audience::Invited => "invited people",
        Audience::Teacher => "teachers",
        Audience::Administrator => "administrators",
    }
}

/// "a, b and c".
fn list(items: &[&str], and: &str) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}

const INTRODUCTION: &str = "\
# What people read when something does not work

For those who help: what stands on the card that somebody has before them, whose move it is, and
what its buttons can do. Every card has \"Details for IT\" with a button \"Copy details\"; the first
line there, `reason`, is the name to look for on this page.

- Where `config.json` names a `support`, its name stands in the place of \"your school\", and only
  then there is the button that asks it.
- A button is there only where the page can do what it says.
- Trying again \"can help\" at once, or when somebody has done what the text says. Most of
  what may pass is tried again several times before any card is shown.
- Names that Google invents later are told by their status; the details keep them.
- A wrong code, a code that was reset and a class that does not exist read the same on purpose:
  nobody is to learn which classes there are.

This page is written by a test, `HALL_PASS_WRITE=1 cargo test --test guidance`, from the program and
its English words. Changes belong there.
";

const START_FAILED: &str = "
### `START_FAILED`

The page itself could not start: an old browser, a filter that stops its files, or a server that
serves them wrongly. Its words stand in `index.html`; it offers the way to Google Classroom itself.
";

const UNMET: &str = "
### Reasons that belong to other work

Google names these for things that Hall Pass does not do. Should one come all the same, people read
what its status says, below.

";
