//! The `config.json` that the widget reads.

use std::{fs, io, path::Path};

use serde_json::{Map, Value, json};

use crate::{addresses::Addresses, signin::CLIENT_ID};

/// The build's own `config.json` with the keys that have to point at the sandbox replaced, and
/// `overrides` merged in.
///
/// Without a file there are only those keys. Fails with a sentence when the file cannot be read
/// as a JSON object.
pub fn served(
    dist: &Path,
    addresses: &Addresses,
    overrides: &Map<String, Value>,
) -> Result<Map<String, Value>, String> {
    let path = dist.join("config.json");
    let mut config = match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_err(|error| format!("{} is no JSON object: {error}", path.display()))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Map::new(),
        Err(error) => return Err(format!("{} cannot be read: {error}", path.display())),
    };
    let api = addresses.api();
    for (key, value) in [
        ("clientId", json!(CLIENT_ID)),
        ("apiBase", json!(api)),
        ("identityScript", json!(format!("{api}/gsi/client"))),
        ("embedders", json!([addresses.pages()])),
    ] {
        config.insert(key.to_owned(), value);
    }
    for (key, value) in overrides {
        if value.is_null() {
            config.shift_remove(key);
        } else {
            config.insert(key.clone(), value.clone());
        }
    }
    Ok(config)
}

/// Adds keys to the overrides; `null` will take a key out of the served file.
pub fn merge(overrides: &mut Map<String, Value>, keys: Map<String, Value>) {
    overrides.extend(keys);
}
