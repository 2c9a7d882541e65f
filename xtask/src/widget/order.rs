//! The order of a wasm's functions.
//!
//! It means nothing to the program, but much to a compressor, which finds a repetition the cheaper
//! the nearer it is. So functions that are alike go side by side: 2.8 kB less to download.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, FunctionSectionReader, Parser, Payload, SectionLimited, TypeRef,
};

/// How many bytes in a row make one of the features that bodies are compared by; of 2 to 8 this
/// number gave the smallest file.
const FEATURE: usize = 4;

/// What a feature of a body counts for each body further on: 0.3 kB less than looking at the last
/// body only, and of 0.3 to 0.8 the best.
const FADING: f64 = 0.5;

/// What counts less than this counts nothing.
const FORGOTTEN: f64 = 0.02;

/// The same program with its functions in an order that compresses well. Which one it is follows
/// from `wasm` alone.
///
/// # Errors
///
/// Fails when `wasm` cannot be read.
pub fn alike_together(wasm: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if matches!(import?.ty, TypeRef::Func(_)) {
                        imported += 1;
                    }
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let old = chain(&bodies);
    let mut new = vec![0; old.len()];
    for (place, &function) in (imported..).zip(&old) {
        new[function] = place;
    }
    let mut module = Module::new();
    Moved { imported, old, new }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("the functions could not be put into another order")?;
    Ok(module.finish())
}

/// The numbers of the bodies: first the largest, then always the one that is most like the last ones,
/// each of which counts half as much as the one after it.
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let features: Vec<BTreeSet<&[u8]>> = bodies
        .iter()
        .map(|body| body.windows(FEATURE).collect())
        .collect();
    let mut with: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (body, features) in features.iter().enumerate() {
        for feature in features {
            with.entry(feature).or_default().push(body);
        }
    }
    // In an order of its own: the sums must come out the same every time.
    let mut seen: BTreeMap<&[u8], f64> = BTreeMap::new();
    let mut is_left = vec![true; bodies.len()];
    let mut chain = Vec::with_capacity(bodies.len());
    let mut next = (0..bodies.len()).max_by_key(|body| bodies[*body].len());
    while let Some(last) = next {
        is_left[last] = false;
        chain.push(last);
        seen.retain(|_, weight| {
            *weight *= FADING;
            *weight > FORGOTTEN
        });
        seen.extend(features[last].iter().map(|feature| (*feature, 1.0)));
        let mut shared = vec![0.0; bodies.len()];
        for (feature, weight) in &seen {
            for &body in &with[feature] {
                shared[body] += weight;
            }
        }
        // Of all features that one of the two has, the part that both have.
        let likeness = |body: usize| {
            let of_both = (features[last].len() + features[body].len()) as f64;
            shared[body] / (1.0 + of_both - shared[body]).max(1.0)
        };
        next = (0..bodies.len())
            .filter(|body| is_left[*body])
            .max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
    }
    chain
}

/// Puts functions into their new places, and all that refers to them.
struct Moved {
    /// How many functions are imported: those come first, and stay.
    imported: u32,
    /// What each place had the number of, among those that are not imported.
    old: Vec<usize>,
    /// The new number of each of them.
    new: Vec<u32>,
}

impl Moved {
    /// The items of a section that has one for each function, in the new order.
    fn sorted<'a, T: wasmparser::FromReader<'a> + Clone>(
        &self,
        section: SectionLimited<'a, T>,
    ) -> Result<Vec<T>, Error> {
        let items = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(self.old.iter().map(|old| items[*old].clone()).collect())
    }
}

impl Reencode for Moved {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        let defined = function.checked_sub(self.imported);
        Ok(defined.map_or(function, |defined| self.new[defined as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        for kind in self.sorted(section)? {
            functions.function(self.type_index(kind)?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        for body in self.sorted(section)? {
            utils::parse_function_body(self, code, body)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        EntityType, ExportKind, ExportSection, Function, ImportSection, TypeSection, ValType,
    };

    /// One imported function and three of its own, each a number of instructions long, of which the
    /// second takes a number and is exported, and the third calls it.
    fn wasm() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        let mut imports = ImportSection::new();
        imports.import("page", "theirs", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for (kind, length, calls) in [(0, 1, 0), (1, 9, 0), (0, 3, 2)] {
            functions.function(kind);
            let mut body = Function::new([]);
            for _ in 0..length {
                body.instructions().i32_const(7).drop();
            }
            body.instructions().i32_const(7).call(calls).end();
            code.function(&body);
        }
        let mut exports = ExportSection::new();
        exports.export("second", ExportKind::Func, 2);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    /// The types of the functions, their lengths in bytes, whom each calls, and what is exported.
    fn read(wasm: &[u8]) -> (Vec<u32>, Vec<usize>, Vec<u32>, u32) {
        let (mut types, mut lengths, mut calls, mut exported) = (vec![], vec![], vec![], 0);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::FunctionSection(section) => {
                    types.extend(section.into_iter().map(Result::unwrap));
                }
                Payload::ExportSection(section) => {
                    exported = section.into_iter().next().unwrap().unwrap().index;
                }
                Payload::CodeSectionEntry(body) => {
                    lengths.push(body.as_bytes().len());
                    for operator in body.get_operators_reader().unwrap() {
                        if let wasmparser::Operator::Call { function_index } = operator.unwrap() {
                            calls.push(function_index);
                        }
                    }
                }
                _ => {}
            }
        }
        (types, lengths, calls, exported)
    }

    #[test]
    fn functions_move_with_their_types_and_whoever_refers_to_them_follows() {
        let (types, lengths, calls, exported) = read(&wasm());
        assert_eq!((types, calls, exported), (vec![0, 1, 0], vec![0, 0, 2], 2));
        assert!(lengths[0] < lengths[2] && lengths[2] < lengths[1]);

        let (types, moved, calls, exported) = read(&alike_together(&wasm()).unwrap());
        // The second, the first, which ends as it does, and the third.
        assert_eq!(moved, [lengths[1], lengths[0], lengths[2]]);
        assert_eq!((types, calls, exported), (vec![1, 0, 0], vec![0, 0, 1], 1));
    }

    #[test]
    fn the_largest_comes_first_and_then_always_the_most_alike() {
        let bodies = ["abcdefgh", "0123456789", "abcdefgX", "01234567"];
        let bodies: Vec<_> = bodies.iter().map(|body| body.as_bytes()).collect();
        let chain = chain(&bodies);
        assert_eq!(chain[..2], [1, 3]);
        assert!(chain[2..] == [0, 2] || chain[2..] == [2, 0]);
    }

    #[test]
    fn a_wasm_without_functions_stays_as_it_is() {
        let nothing = Module::new().finish();
        assert_eq!(alike_together(&nothing).unwrap(), nothing);
    }
}
