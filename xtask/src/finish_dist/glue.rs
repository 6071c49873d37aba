//! The script that wasm-bindgen made for one module, for a program in two: www/rest.js brings the second, and what both import has short
//! names. Text in, text out.

use anyhow::{Context, Result, bail, ensure};
use interleave_split::{BINDINGS, Counted, IMPORT_MODULE, IMPORT_NAME};
use std::collections::BTreeMap;

/// Where the bindings begin and end, each on a line of its own, and where they are listed.
const BEGIN: &str = "\n    const import0 = {\n";
const END: &str = "\n    };\n";
const LISTED: &str = "    return {\n        __proto__: null,\n";
/// What is before a binding's name, and behind it.
const INDENTATION: &str = "        ";
const IS: char = ':';
/// Of bindings, what is no function and is called the same in each module.
const OTHERS: &[&str] = &["__proto__", "memory"];
const REST: &str = include_str!("../../../www/rest.js");
const COUNT: &str = include_str!("count.js");

/// The glue of a first module and the rest, which is in the file of that name; both call the bindings by new names.
pub fn of_two(glue: &str, rest: &str, imports: &BTreeMap<String, String>) -> Result<String> {
    let glue = renamed(glue, imports)?;
    let listed = format!("{INDENTATION}\"{BINDINGS}\": import0,\n");
    ensure!(
        glue.contains(&listed),
        "the glue should list its bindings by `{}`; has wasm-bindgen changed?",
        listed.trim()
    );
    let asked = format!(
        "    return bindings = {{\n        __proto__: null,\n        \"{IMPORT_MODULE}\": {{ {IMPORT_NAME}: loadRest }},\n"
    );
    Ok(once(&glue, LISTED, &asked)? + &once(REST, "REST_NAME", rest)?)
}

/// The glue of a module that counts which functions run.
pub fn that_counts(glue: &str, counted: &Counted) -> Result<String> {
    let (before, now) = counted.pages;
    let glue = once(glue, &format!("{{initial:{before},"), &format!("{{initial:{now},"))?;
    Ok(glue + &once(COUNT, "MARKS_AT", &counted.marks.to_string())?)
}

/// Gives each binding its new name.
fn renamed(glue: &str, names: &BTreeMap<String, String>) -> Result<String> {
    let (before, bindings) = glue.split_once(BEGIN).context("the glue has no bindings; has wasm-bindgen changed?")?;
    let (bindings, behind) = bindings.split_once(END).context("the glue's bindings have no end")?;
    let (mut renamed, mut count) = (String::with_capacity(bindings.len()), 0);
    for line in bindings.lines() {
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let binding = line.strip_prefix(INDENTATION).and_then(|line| line.split_once(IS));
        match binding.filter(|(name, _)| is_name(name) && !OTHERS.contains(name)) {
            Some((name, function)) => {
                let Some(new) = names.get(name) else { bail!("the program does not import `{name}` of the glue") };
                renamed += &format!("{INDENTATION}{new}{IS}{function}\n");
                count += 1;
            }
            None => renamed += &format!("{line}\n"),
        }
    }
    ensure!(count == names.len(), "the glue has {count} functions for the program, which imports {}", names.len());
    Ok(format!("{before}{BEGIN}{}{END}{behind}", renamed.trim_end_matches('\n')))
}

fn once(text: &str, what: &str, by: &str) -> Result<String> {
    ensure!(text.matches(what).count() == 1, "the glue should have one `{}`; has wasm-bindgen changed?", what.trim());
    Ok(text.replace(what, by))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = r#"function __wbg_get_imports(memory) {
    const import0 = {
        __proto__: null,
        __wbg_log_0123456789abcdef: function(arg0) {
            const ret = { label: arg0 };
        },
        __wbg_now_fedcba9876543210: function() { return handleError(function () {
            return performance.now();
        }, arguments); },
        memory: memory || new WebAssembly.Memory({initial:20,maximum:4096,shared:true}),
    };
    return {
        __proto__: null,
        "./interleave_bg.js": import0,
    };
}
"#;

    fn names(names: &[(&str, &str)]) -> BTreeMap<String, String> {
        names.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
    }

    #[test]
    fn bindings_have_the_names_by_which_they_are_imported() {
        let both = names(&[("__wbg_log_0123456789abcdef", "a"), ("__wbg_now_fedcba9876543210", "b")]);
        let glue = of_two(GLUE, "rest.wasm", &both).unwrap();
        expect_test::expect![[r#"
            function __wbg_get_imports(memory) {
                const import0 = {
                    __proto__: null,
                    a: function(arg0) {
                        const ret = { label: arg0 };
                    },
                    b: function() { return handleError(function () {
                        return performance.now();
                    }, arguments); },
                    memory: memory || new WebAssembly.Memory({initial:20,maximum:4096,shared:true}),
                };
                return bindings = {
                    __proto__: null,
                    "./rest.js": { load: loadRest },
                    "./interleave_bg.js": import0,
                };
            }

        "#]]
        .assert_eq(&glue[..glue.find("// ──").unwrap()]);
        assert!(glue.contains("new URL(\"./rest.wasm\""));
    }

    #[test]
    fn a_glue_of_another_program_is_refused() {
        let said = |names: &BTreeMap<String, String>| format!("{:#}", of_two(GLUE, "rest.wasm", names).unwrap_err());
        let one = names(&[("__wbg_log_0123456789abcdef", "a")]);
        assert!(said(&one).contains("does not import `__wbg_now_fedcba9876543210`"), "{}", said(&one));
        let three =
            names(&[("__wbg_log_0123456789abcdef", "a"), ("__wbg_now_fedcba9876543210", "b"), ("__wbg_x_0", "c")]);
        assert!(said(&three).contains("the glue has 2 functions for the program, which imports 3"), "{}", said(&three));
    }
}
