//! What the three origins share.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::http::HeaderMap;
use serde_json::{Map, Value};

use crate::{
    addresses::Addresses,
    api::description::Description,
    clock::Clock,
    control::Behaviour,
    faults::Faults,
    journal::Journal,
    school::{School, seed},
    signin::sessions::Sessions,
};

/// The running sandbox.
pub struct App {
    /// The first of the three ports.
    pub first_port: u16,
    /// The folder with the widget's files.
    pub dist: PathBuf,
    /// Google's description of the API.
    pub description: Description,
    seed: School,
    world: Mutex<World>,
}

/// Everything that changes while the sandbox runs, and that `reset` puts back.
#[derive(Debug)]
pub struct World {
    /// People, classes, who is in them.
    pub school: School,
    /// Tokens and what was consented to.
    pub sessions: Sessions,
    /// What was asked of the API.
    pub journal: Journal,
    /// Answers to give instead of the real ones.
    pub faults: Faults,
    /// The time.
    pub clock: Clock,
    /// Keys merged into the served `config.json`.
    pub config: Map<String, Value>,
    /// Open questions about Google, answered one way or the other.
    pub behaviour: Behaviour,
}

impl World {
    /// This school, nobody signed in, nothing asked yet.
    pub fn new(school: School) -> Self {
        Self {
            school,
            sessions: Sessions::default(),
            journal: Journal::default(),
            faults: Faults::default(),
            clock: Clock::default(),
            config: Map::new(),
            behaviour: Behaviour::default(),
        }
    }
}

impl App {
    /// A sandbox with the seeded school. Fails only if the embedded data was damaged.
    pub fn new(first_port: u16, dist: PathBuf) -> Result<Self, String> {
        let description = Description::load()?;
        let seed = seed::school(&description)?;
        Ok(Self {
            first_port,
            dist,
            description,
            world: Mutex::new(World::new(seed.clone())),
            seed,
        })
    }

    /// The one lock around everything that changes: requests take effect one after the other.
    pub fn world(&self) -> MutexGuard<'_, World> {
        // A panic in one request must not make every later one fail as well.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts everything back to where it was at the start.
    pub fn reset(&self) {
        *self.world() = World::new(self.seed.clone());
    }

    /// The sandbox's addresses as whoever sent these headers would write them.
    pub fn addresses(&self, headers: &HeaderMap) -> Addresses {
        Addresses::of(headers, self.first_port)
    }
}
