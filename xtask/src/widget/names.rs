//! The names by which wasm and glue know each other's functions.
//!
//! wasm-bindgen gives every import and export a long name with a hash in it, and spells it out in
//! both files; the wasm names the imports' module with each of them besides. Nobody but the two
//! files reads them, so they get names of a letter or two: 4 kB less to download.
//!
//! A wrong replacement would break the widget, so each name has to stand in the glue exactly as
//! wasm-bindgen is known to write it, or nothing is replaced at all.

use std::collections::HashMap;

use anyhow::{Result, bail};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Export, Import, Parser, Payload};

/// The module that wasm-bindgen's imports are of.
const MODULE: &str = "./hallpass_bg.js";

/// What the glue calls the wasm's exports by: `wasm.NAME`.
const EXPORTS: &str = "wasm.";

/// Two files that fit together.
#[derive(Debug)]
pub struct Linked {
    /// The wasm.
    pub wasm: Vec<u8>,
    /// Its glue.
    pub glue: String,
}

/// Gives the imports and exports of `wasm` short names, there and in `glue`, which has to be as
/// wasm-bindgen wrote it. What `later`, the modules that are loaded later, take keeps its name; exports
/// that nobody uses are left out.
///
/// # Errors
///
/// Fails when one of the wasms cannot be read, and when the glue does not hold exactly one definition of
/// an import.
pub fn shorten<'a>(
    wasm: &[u8],
    glue: &str,
    later: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Linked> {
    let interface = Interface::of(wasm)?;
    let later: Vec<_> = later
        .into_iter()
        .map(Interface::of)
        .collect::<Result<_>>()?;
    let mut exports = numbered(
        interface
            .exports
            .iter()
            .map(|export| export.name)
            .filter(|name| uses_of(glue, name) > 0),
    );
    let taken_later = later
        .iter()
        .flat_map(|module| &module.imports)
        .map(|import| import.name);
    exports.extend(taken_later.map(|name| (name, name.to_owned())));
    let imports = interface
        .imports
        .iter()
        .filter(|import| import.module == MODULE)
        .map(|import| import.name);
    let names = Names {
        module: short(0),
        imports: numbered(imports),
        exports,
    };
    Ok(Linked {
        glue: names.in_glue(glue)?,
        wasm: names.in_wasm(wasm, &interface)?,
    })
}

/// What a wasm file takes and gives.
struct Interface<'a> {
    imports: Vec<Import<'a>>,
    exports: Vec<Export<'a>>,
}

impl<'a> Interface<'a> {
    fn of(wasm: &'a [u8]) -> Result<Self> {
        let (mut imports, mut exports) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    imports = section.into_imports().collect::<Result<_, _>>()?;
                }
                Payload::ExportSection(section) => {
                    exports = section.into_iter().collect::<Result<_, _>>()?;
                }
                _ => {}
            }
        }
        Ok(Self { imports, exports })
    }
}

/// The new names by the old.
struct Names<'a> {
    module: String,
    imports: HashMap<&'a str, String>,
    exports: HashMap<&'a str, String>,
}

impl Names<'_> {
    fn in_glue(&self, glue: &str) -> Result<String> {
        let module = format!("{MODULE:?}");
        if !self.imports.is_empty() && glue.matches(&module).count() != 1 {
            bail!("the glue does not name the module {MODULE} once");
        }
        let mut defined: HashMap<&str, usize> = HashMap::new();
        let mut shortened = String::with_capacity(glue.len());
        for (word, before, after) in words(glue) {
            if let Some(short) = self.imports.get(word) {
                let starts_line = before
                    .rsplit('\n')
                    .next()
                    .is_some_and(|line| line.trim().is_empty());
                if !starts_line || !after.starts_with(": ") {
                    bail!("the glue uses {word} otherwise than to define it");
                }
                *defined.entry(word).or_default() += 1;
                shortened.push_str(short);
            } else if let Some(short) = self.exports.get(word).filter(|_| before.ends_with(EXPORTS))
            {
                shortened.push_str(short);
            } else {
                shortened.push_str(word);
            }
        }
        for import in self.imports.keys() {
            match defined.get(import) {
                Some(1) => {}
                times => bail!("the glue defines {import} {} times", times.unwrap_or(&0)),
            }
        }
        Ok(shortened.replace(&module, &format!("{:?}", self.module)))
    }

    fn in_wasm(&self, wasm: &[u8], interface: &Interface) -> Result<Vec<u8>> {
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(_) => module.section(&self.imports(&interface.imports)?),
                Payload::ExportSection(_) => module.section(&self.exports(&interface.exports)?),
                _ => match payload.as_section() {
                    Some((id, range)) => {
                        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                        module.section(&RawSection {
                            id,
                            data: &wasm[range],
                        })
                    }
                    None => continue,
                },
            };
        }
        Ok(module.finish())
    }

    fn imports(&self, imports: &[Import]) -> Result<ImportSection> {
        let mut section = ImportSection::new();
        for import in imports {
            let kind = RoundtripReencoder.entity_type(import.ty)?;
            match self
                .imports
                .get(import.name)
                .filter(|_| import.module == MODULE)
            {
                Some(short) => section.import(&self.module, short, kind),
                None => section.import(import.module, import.name, kind),
            };
        }
        Ok(section)
    }

    fn exports(&self, exports: &[Export]) -> Result<ExportSection> {
        let mut section = ExportSection::new();
        for export in exports {
            if let Some(short) = self.exports.get(export.name) {
                let kind = RoundtripReencoder.export_kind(export.kind)?;
                section.export(short, kind, export.index);
            }
        }
        Ok(section)
    }
}

/// How often the glue uses the export of that name.
fn uses_of(glue: &str, name: &str) -> usize {
    words(glue)
        .filter(|(word, before, _)| *word == name && before.ends_with(EXPORTS))
        .count()
}

fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> HashMap<&'a str, String> {
    names
        .enumerate()
        .map(|(number, name)| (name, short(number)))
        .collect()
}

/// The names of one letter, then those of two, and so on.
fn short(mut number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.push(char::from(LETTERS[number % LETTERS.len()]));
        number /= LETTERS.len();
        match number.checked_sub(1) {
            Some(rest) => number = rest,
            None => return name,
        }
    }
}

/// Splits a script into identifiers and what is between them, each with all that is before and
/// after it. Joined they are the script again.
fn words(script: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &script[start..];
        let kind = is_part(rest.chars().next()?);
        let length = rest.find(|c| is_part(c) != kind).unwrap_or(rest.len());
        let (before, word) = (&script[..start], &rest[..length]);
        start += length;
        Some((word, before, &script[start..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use wasm_encoder::{CodeSection, ExportKind, Function, FunctionSection, TypeSection, ValType};

    const GLUE: &str = "
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_now_0123456789abcdef: function(arg0) {
            return wasm.__wbindgen_malloc(arg0, wasm.memory_of);
        },
        __wbg_now_0123456789abcdef0: arg0 => arg0,
    };
    return {
        __proto__: null,
        \"./hallpass_bg.js\": import0,
    };
}
";

    /// Takes both functions of the glue and one of somebody else, gives three.
    fn wasm() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut imports = ImportSection::new();
        for name in ["__wbg_now_0123456789abcdef", "__wbg_now_0123456789abcdef0"] {
            imports.import(MODULE, name, wasm_encoder::EntityType::Function(0));
        }
        imports.import("env", "theirs", wasm_encoder::EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        for name in ["__wbindgen_malloc", "memory_of", "never_used"] {
            exports.export(name, ExportKind::Func, 3);
        }
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().local_get(0).end();
        code.function(&body);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    /// Takes one function.
    fn later(name: &str) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("first", name, wasm_encoder::EntityType::Function(0));
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn what_a_later_module_takes_is_there_by_the_name_it_knows() {
        for name in ["memory_of", "never_used"] {
            let linked = shorten(&wasm(), GLUE, [&later(name)[..]]).unwrap();
            let interface = Interface::of(&linked.wasm).unwrap();
            let given = interface.exports.iter().any(|export| export.name == name);
            assert!(given, "{name}");
            let used = linked.glue.contains("wasm.memory_of");
            assert_eq!(used, name == "memory_of");
        }
    }

    #[test]
    fn both_files_name_the_same_functions_by_the_same_short_names() {
        let linked = shorten(&wasm(), GLUE, [&later("theirs")[..]]).unwrap();
        let interface = Interface::of(&linked.wasm).unwrap();
        let imports: Vec<_> = interface
            .imports
            .iter()
            .map(|i| (i.module, i.name))
            .collect();
        assert_eq!(imports, [("a", "a"), ("a", "b"), ("env", "theirs")]);
        let exports: Vec<_> = interface
            .exports
            .iter()
            .map(|e| (e.name, e.index))
            .collect();
        assert_eq!(exports, [("a", 3), ("b", 3)]);
        assert!(
            linked
                .glue
                .contains("        a: function(arg0) {\n            return wasm.a(arg0, wasm.b);")
        );
        assert!(linked.glue.contains("        b: arg0 => arg0,"));
        assert!(linked.glue.contains("        \"a\": import0,"));
    }

    #[test]
    fn a_glue_that_defines_an_import_never_or_twice_is_refused() {
        let never = GLUE.replace("__wbg_now_0123456789abcdef0", "another");
        assert!(shorten(&wasm(), &never, [&later("theirs")[..]]).is_err());
        let twice = GLUE.replace("cdef0: ", "cdef: ");
        assert!(shorten(&wasm(), &twice, [&later("theirs")[..]]).is_err());
    }

    #[test]
    fn a_glue_that_uses_an_import_in_another_way_is_refused() {
        let glue = format!("{GLUE}\nconst again = import0.__wbg_now_0123456789abcdef;\n");
        assert!(shorten(&wasm(), &glue, [&later("theirs")[..]]).is_err());
    }

    #[test]
    fn a_glue_of_another_module_is_refused() {
        let glue = GLUE.replace(MODULE, "./another_bg.js");
        assert!(shorten(&wasm(), &glue, [&later("theirs")[..]]).is_err());
    }

    #[test]
    fn no_two_numbers_have_the_same_short_name() {
        let names: HashSet<_> = (0..10_000).map(short).collect();
        assert_eq!(names.len(), 10_000);
        assert_eq!(
            (short(0), short(51), short(52)),
            ("a".into(), "Z".into(), "aa".into())
        );
    }
}
