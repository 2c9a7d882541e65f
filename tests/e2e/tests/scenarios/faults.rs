//! Everything that can stand in the way, at every call of a join, once and for good: the person ends
//! in the right state, the class has them once, and no call is made more than five times.
//!
//! Calls that stall past their time limit of fifteen seconds are in `stalls`: those really wait.

use std::{collections::BTreeMap, fmt, time::Duration};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Sent,
    fault::{Drop, Fault},
    gate::Gate,
    pages::Widget,
    play,
    school::{BIOLOGY, SAM},
};
use serde_json::Value;

/// A call and its four repeats.
const MOST_TRIES: usize = 5;

/// How long the class's name is waited for.
const NAME_LIMIT: Duration = Duration::from_secs(3);

/// A call of the task "join".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    /// Whose account acts: `userProfiles.get`.
    Who,
    /// The join itself: `students.create`.
    Join,
    /// What became of a join whose answer was lost: `students.get`.
    LookUp,
    /// What the class is called: `courses.get`.
    Name,
}

impl Call {
    fn target(self) -> (&'static str, &'static str) {
        match self {
            Self::Who => ("GET", "/v1/userProfiles/me"),
            Self::Join => ("POST", "/v1/courses/741234567890/students"),
            Self::LookUp => ("GET", "/v1/courses/741234567890/students/me"),
            Self::Name => ("GET", "/v1/courses/741234567890"),
        }
    }

    fn meets(self, fault: Fault) -> Fault {
        let (method, path) = self.target();
        fault.on(method, path)
    }
}

/// For how long something stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasting {
    Once,
    ForGood,
}

/// Something that stands in the way.
struct Hindrance {
    name: &'static str,
    fault: Fault,
    /// What the person is told about it, where it stays.
    reason: &'static str,
    /// How often a call is made before that.
    tries: usize,
}

impl Hindrance {
    fn new(name: &'static str, fault: Fault, reason: &'static str, tries: usize) -> Self {
        Self {
            name,
            fault,
            reason,
            tries,
        }
    }

    fn all() -> Vec<Self> {
        let google = Fault::google;
        let page = "<html><body><h1>Somebody else's page</h1></body></html>";
        vec![
            Self::new(
                "dropped before",
                Fault::dropped(Drop::Before),
                "NETWORK",
                MOST_TRIES,
            ),
            Self::new(
                "dropped after",
                Fault::dropped(Drop::After),
                "NETWORK",
                MOST_TRIES,
            ),
            Self::new(
                "429 with Retry-After",
                google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").retry_after("1"),
                "RESOURCE_EXHAUSTED",
                MOST_TRIES,
            ),
            Self::new(
                "429",
                google(429, "RESOURCE_EXHAUSTED", "Quota exceeded."),
                "RESOURCE_EXHAUSTED",
                MOST_TRIES,
            ),
            Self::new(
                "500",
                google(500, "INTERNAL", "Internal error encountered.").retry_after("0"),
                "INTERNAL",
                MOST_TRIES,
            ),
            Self::new(
                "503",
                google(503, "UNAVAILABLE", "The service is currently unavailable.")
                    .retry_after("0"),
                "UNAVAILABLE",
                MOST_TRIES,
            ),
            Self::new(
                "504",
                google(504, "DEADLINE_EXCEEDED", "Deadline expired.").retry_after("0"),
                "DEADLINE_EXCEEDED",
                MOST_TRIES,
            ),
            // Who put their own page in the place of the answer will not take it away.
            Self::new("HTML 200", Fault::html(200, page), "BAD_RESPONSE", 2),
            Self::new(
                "HTML 502",
                Fault::html(502, page).retry_after("0"),
                "BAD_RESPONSE",
                MOST_TRIES,
            ),
            Self::new("empty 200", Fault::json(200, ""), "BAD_RESPONSE", 2),
            Self::new(
                "truncated JSON",
                Fault::json(200, r#"{"courseId": "7412345"#),
                "BAD_RESPONSE",
                2,
            ),
            Self::new(
                "401",
                google(401, "UNAUTHENTICATED", "Invalid credentials."),
                "UNAUTHENTICATED",
                1,
            ),
        ]
    }
}

/// One hindrance at one call.
struct Row {
    call: Call,
    hindrance: Hindrance,
    lasting: Lasting,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?}, {}, {:?}",
            self.call, self.hindrance.name, self.lasting
        )
    }
}

impl Row {
    fn faults(&self) -> Vec<Fault> {
        let for_as_long = |fault: Fault| match self.lasting {
            Lasting::Once => fault.times(1),
            Lasting::ForGood => fault,
        };
        let mut faults = vec![for_as_long(self.call.meets(self.hindrance.fault.clone()))];
        if self.call == Call::LookUp {
            // Only a join whose answer is lost is looked up.
            let lost = Call::Join.meets(Fault::dropped(Drop::After));
            faults.push(for_as_long(lost));
        }
        faults
    }

    /// Whether the join took effect the first time, and looking it up says so.
    fn is_found_out(&self) -> bool {
        self.call == Call::Join && self.hindrance.name == "dropped after"
    }

    /// The `data-reason` that is due; none where the join gets through.
    fn reason(&self) -> Option<&'static str> {
        let needs_sign_in = self.hindrance.reason == "UNAUTHENTICATED";
        match (self.call, self.lasting) {
            // The join has worked; the name is a nicety.
            (Call::Name, _) => None,
            // The join's own repeat finds the person in the class.
            (Call::LookUp, Lasting::Once) => None,
            (Call::LookUp, Lasting::ForGood) => Some("NETWORK"),
            (Call::Who | Call::Join, Lasting::Once) if !needs_sign_in => None,
            _ if self.is_found_out() => None,
            (Call::Who | Call::Join, _) => Some(self.hindrance.reason),
        }
    }

    /// How often the call is made before the page says how it ended.
    fn tries(&self) -> usize {
        match (self.call, self.lasting) {
            (Call::Name, _) | (Call::LookUp, Lasting::Once) => 1,
            (Call::LookUp, Lasting::ForGood) => MOST_TRIES,
            _ if self.is_found_out() => 1,
            (Call::Who | Call::Join, Lasting::Once) => self.hindrance.tries.min(2),
            (Call::Who | Call::Join, Lasting::ForGood) => self.hindrance.tries,
        }
    }

    /// What is due when nothing stands in the way any more, and the person has tried again.
    fn outcome_in_the_end(&self) -> &'static str {
        match (self.call, self.lasting) {
            // Nobody could know, and now they do.
            (Call::LookUp, Lasting::ForGood) => "already-member",
            _ => "joined",
        }
    }
}

/// Sam in his browser, row after row.
struct Sam<'a> {
    stage: &'a Stage,
    widget: Widget<'a>,
    /// The school before anybody joined.
    school: Value,
}

impl<'a> Sam<'a> {
    async fn at(stage: &'a Stage) -> Result<Self> {
        let school = stage.sandbox.state().await?;
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(SAM).await?;
        Ok(Self {
            stage,
            widget,
            school,
        })
    }

    /// Everything as at the start, the code in the field; signed in unless who acts is the matter.
    async fn begins_anew(&self, call: Call) -> Result<()> {
        let sandbox = &self.stage.sandbox;
        sandbox.faults(&[]).await?;
        sandbox.put_state(&self.school).await?;
        if call == Call::Who {
            self.widget.sign_out().await?;
            self.widget.wait_signed_out().await?;
        }
        self.widget.join().type_in(BIOLOGY.code).await?;
        sandbox.forget_calls().await
    }

    /// Presses "Join class", and signs in where that is asked for.
    async fn presses(&self, call: Call) -> Result<()> {
        if call == Call::Who {
            let google = self.widget.join().press_signed_out().await?;
            google.sign_in(SAM).await
        } else {
            self.widget.join().press().await
        }
    }

    /// Waits until the call has been sent a second time: the first has come to nothing.
    async fn tries_again(&self, call: Call) -> Result<()> {
        let (method, path) = call.target();
        let mut sent = 0;
        self.stage
            .browser
            .wait_until("the call is made again", async || {
                let traffic = self.stage.browser.traffic().await?;
                let tries = |request: &&Sent| {
                    let address = request.url.split('?').next().unwrap_or_default();
                    request.method == method && address.ends_with(path)
                };
                sent += traffic.iter().filter(tries).count();
                Ok(sent > 1)
            })
            .await
    }

    /// Presses the button of the card that is the one next step.
    async fn goes_on(&self, call: Call, reason: &str) -> Result<()> {
        match (call, reason) {
            (Call::Who, "UNAUTHENTICATED") => {
                let google = self.widget.follow_signed_out("Sign in with Google").await?;
                google.sign_in(SAM).await
            }
            // Google knows who it was, and asks nothing.
            (_, "UNAUTHENTICATED") => self.widget.follow("Sign in with Google").await,
            // Google's window is not asked for again, whatever was lost after it.
            _ => self.widget.follow("Try again").await,
        }
    }

    /// Waits, without patience for pauses, for the one card that says how it ended.
    async fn is_told(&self, card: &str) -> Result<()> {
        self.widget
            .progress()
            .hurry_until("a card shows", async || {
                Ok(!self.widget.cards().await?.is_empty())
            })
            .await?;
        let cards = self.widget.cards().await?;
        ensure!(cards == [card], "{card} was due, there is {cards:?}");
        Ok(())
    }

    /// Sam is in the class, once, and is told what it is called unless that could not be found out.
    async fn is_in(&self, outcome: &str, named: bool) -> Result<()> {
        self.is_told(outcome).await?;
        let card = self.widget.outcome(outcome).await?;
        card.link("Open class")?;
        ensure!(
            card.text.contains(BIOLOGY.name) == named,
            "named: {named} was due: {card:?}"
        );
        let school = self.stage.sandbox.school().await?;
        let times = school.times_student(SAM.email, BIOLOGY.id);
        ensure!(times == 1, "{times} times in the class");
        Ok(())
    }

    /// No call was made more often than it may be, and `call` exactly so often.
    async fn tried(&self, call: Call, tries: usize) -> Result<()> {
        let calls = self.stage.sandbox.calls().await?;
        let mut made: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for call in &calls {
            *made.entry((&call.method, &call.path)).or_default() += 1;
        }
        ensure!(
            made.values().all(|times| *times <= MOST_TRIES),
            "too often: {made:#?}"
        );
        let times = made.get(&call.target()).copied().unwrap_or_default();
        ensure!(times == tries, "{tries} tries were due: {made:#?}");
        Ok(())
    }

    async fn plays(&self, row: &Row) -> Result<()> {
        self.begins_anew(row.call).await?;
        self.stage.sandbox.faults(&row.faults()).await?;
        self.presses(row.call).await?;
        if let Some(reason) = row.reason() {
            self.is_told(reason).await?;
            self.widget.error(reason).await?;
            let typed = self.widget.join().typed().await?;
            ensure!(typed == BIOLOGY.code, "{typed:?} is left of the code");
            self.tried(row.call, row.tries()).await?;

            self.stage.sandbox.faults(&[]).await?;
            self.goes_on(row.call, reason).await?;
            self.is_in(row.outcome_in_the_end(), true).await
        } else {
            self.is_in(row.outcome_in_the_end(), row.call != Call::Name)
                .await?;
            self.tried(row.call, row.tries()).await
        }
    }
}

/// Every hindrance at this call, in one browser.
async fn all_at(call: Call, lasting: Lasting) -> Result<()> {
    play(async |stage| {
        let sam = Sam::at(stage).await?;
        for hindrance in Hindrance::all() {
            let row = Row {
                call,
                hindrance,
                lasting,
            };
            sam.plays(&row).await.with_context(|| row.to_string())?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn once_at_the_question_whose_account_acts() -> Result<()> {
    all_at(Call::Who, Lasting::Once).await
}

#[tokio::test]
async fn for_good_at_the_question_whose_account_acts() -> Result<()> {
    all_at(Call::Who, Lasting::ForGood).await
}

#[tokio::test]
async fn once_at_the_join_itself() -> Result<()> {
    all_at(Call::Join, Lasting::Once).await
}

#[tokio::test]
async fn for_good_at_the_join_itself() -> Result<()> {
    all_at(Call::Join, Lasting::ForGood).await
}

#[tokio::test]
async fn once_at_the_look_up_of_a_lost_join() -> Result<()> {
    all_at(Call::LookUp, Lasting::Once).await
}

#[tokio::test]
async fn for_good_at_the_look_up_of_a_lost_join() -> Result<()> {
    all_at(Call::LookUp, Lasting::ForGood).await
}

#[tokio::test]
async fn once_at_the_question_what_the_class_is_called() -> Result<()> {
    all_at(Call::Name, Lasting::Once).await
}

#[tokio::test]
async fn a_name_that_does_not_come_is_not_waited_for() -> Result<()> {
    play(async |stage| {
        let sam = Sam::at(stage).await?;
        sam.begins_anew(Call::Name).await?;
        let stall = Fault::delayed(3 * NAME_LIMIT);
        stage.sandbox.faults(&[Call::Name.meets(stall)]).await?;
        sam.presses(Call::Name).await?;
        let pressed = std::time::Instant::now();
        sam.is_in("joined", false).await?;
        let told_after = pressed.elapsed();
        ensure!(
            (NAME_LIMIT.mul_f32(0.9)..2 * NAME_LIMIT).contains(&told_after),
            "told after {told_after:?}"
        );
        sam.tried(Call::Name, 1).await
    })
    .await
}

/// Where the gate is shut: connections are refused from this call on.
async fn refused_from(call: Call) -> Result<()> {
    play(async |stage| {
        let mut gate = Gate::before(&stage.sandbox).await?;
        let sam = Sam::at(stage).await?;
        sam.begins_anew(call).await?;
        // What comes before the call gets through, its answer a little late: time to shut the gate.
        let late = Duration::from_millis(1_000);
        let before = match call {
            Call::Who | Call::Join => None,
            Call::LookUp => Some(Fault::dropped(Drop::After).after(late)),
            Call::Name => Some(Fault::delayed(late)),
        };
        match before {
            None => {
                gate.shut().await?;
                sam.presses(call).await?;
            }
            Some(before) => {
                let before = Call::Join.meets(before).times(1);
                stage.sandbox.faults(&[before]).await?;
                sam.presses(call).await?;
                stage
                    .browser
                    .wait_until("the join arrives", async || {
                        Ok(!stage.sandbox.posts().await?.is_empty())
                    })
                    .await?;
                gate.shut().await?;
            }
        }
        if call == Call::Name {
            return sam.is_in("joined", false).await;
        }
        sam.is_told("NETWORK").await?;
        let _open = gate.open()?;
        sam.goes_on(Call::LookUp, "NETWORK").await?;
        let outcome = if call == Call::LookUp {
            "already-member"
        } else {
            "joined"
        };
        sam.is_in(outcome, true).await
    })
    .await
}

#[tokio::test]
async fn refused_connections_at_the_question_whose_account_acts() -> Result<()> {
    refused_from(Call::Who).await
}

#[tokio::test]
async fn refused_connections_at_the_join_itself() -> Result<()> {
    refused_from(Call::Join).await
}

#[tokio::test]
async fn refused_connections_at_the_look_up_of_a_lost_join() -> Result<()> {
    refused_from(Call::LookUp).await
}

#[tokio::test]
async fn refused_connections_at_the_question_what_the_class_is_called() -> Result<()> {
    refused_from(Call::Name).await
}

#[tokio::test]
async fn connections_that_are_refused_for_a_moment_are_tried_again() -> Result<()> {
    play(async |stage| {
        let mut gate = Gate::before(&stage.sandbox).await?;
        let sam = Sam::at(stage).await?;
        for call in [Call::Join, Call::Who] {
            sam.begins_anew(call).await?;
            gate.shut().await?;
            sam.presses(call).await?;
            sam.tries_again(call).await?;
            gate = gate.open()?;
            sam.is_in("joined", true)
                .await
                .with_context(|| format!("{call:?}"))?;
        }
        Ok(())
    })
    .await
}
