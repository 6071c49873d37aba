//! Index.html without inline scripts, from index.html as Trunk writes it. Text in, text out.

use super::html::{Tag, tags};
use crate::hash::hash;
use anyhow::{Result, bail};

/// What Trunk's own script, and no other, says at its end.
const TRUNKS_MARK: &str = "TrunkApplicationStarted";
/// Where it asks for the program.
const ASKS: &str = "const wasm = await init(";
/// Of www/boot.js: the first words have been painted. The program is a hundred times their size, and on a thin line they would share it.
/// Where this is no first visit, the rest of the program (www/rest.js) is awaited too; the first part is on its way meanwhile.
const AWAITED: &str = "await window.firstWords;\nif (!window.isFirstVisit) await bindings.fetchRest();\n";

/// Where it says that the page has started, and what is before that: the app draws its first picture in a task of its own.
const SAYS: &str = "dispatchEvent(";
const STARTED: &str = "await new Promise((then) => setTimeout(then));\n";

/// A page that fits the security policy.
#[derive(Debug)]
pub struct Finished {
    /// The page, which refers to the script.
    pub html: String,
    /// The script's file, beside the page, named by what is in it.
    pub boot_name: String,
    /// The script.
    pub boot: String,
}

/// Takes Trunk's inline script out of a page, has it ask for the program when the first words are there and not before, and refuses a page
/// that would still break the policy.
pub fn finish(html: &str) -> Result<Finished> {
    let tags = tags(html);
    let mut trunks = tags.iter().filter(|tag| is_inline_script(tag) && tag.content.contains(TRUNKS_MARK));
    let (Some(script), None) = (trunks.next(), trunks.next()) else {
        bail!(
            "index.html should hold one inline script by which Trunk starts the page; was it finished before, or has Trunk changed?"
        );
    };
    let boot = tidied(script.content);
    if let Some(line) = [ASKS, SAYS].into_iter().find(|line| boot.matches(line).count() != 1) {
        bail!("Trunk's script should have one line with `{line}`; has Trunk changed?");
    }
    let boot = boot.replace(ASKS, &format!("{AWAITED}{ASKS}")).replace(SAYS, &format!("{STARTED}{SAYS}"));
    let boot_name = format!("start-{}.js", hash(boot.as_bytes()));

    let mut finished = String::with_capacity(html.len());
    let mut copied = 0;
    for tag in &tags {
        let replaced = if tag.range == script.range {
            vec![(tag.range.clone(), format!(r#"<script type="module" src="./{boot_name}"></script>"#))]
        } else {
            // A nonce is of use only where the server makes a new one for each visit. Of the program www/boot.js says when it is loaded.
            let is_program = is_program(tag);
            let gone = tag.attributes.iter().filter(|at| at.name == "nonce" || (is_program && at.name == "rel"));
            gone.map(|attribute| (attribute.range.clone(), String::new())).collect()
        };
        for (range, text) in replaced {
            finished.push_str(html[copied..range.start].trim_end_matches(|c| text.is_empty() && c == ' '));
            finished.push_str(&text);
            copied = range.end;
        }
    }
    finished.push_str(&html[copied..]);

    let problems = problems(&finished, &boot);
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    Ok(Finished { html: finished, boot_name, boot })
}

/// What would break the security policy, or break the page under a sub-path.
fn problems(html: &str, boot: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for tag in tags(html) {
        if is_inline_script(&tag) {
            let start: String = tag.content.trim().chars().take(60).collect();
            problems
                .push(format!("the security policy forbids this inline script: move it to a file in www/: {start}"));
        }
        for attribute in &tag.attributes {
            let (name, value) = (&attribute.name, attribute.value);
            if name.starts_with("on") {
                problems.push(format!(
                    "the security policy forbids {name}=\"{value}\" on <{}>: listen in a script",
                    tag.name
                ));
            }
            let loads =
                tag.name != "a" && ["src", "href", "srcset", "poster", "data", "action"].contains(&name.as_str());
            if (loads || name == "href") && value.trim_start().starts_with("javascript:") {
                problems.push(format!("the security policy forbids {name}=\"{value}\" on <{}>", tag.name));
            } else if loads && is_absolute(value) {
                problems.push(format!(
                    "{name}=\"{value}\" on <{}> is an absolute address: under a sub-path it would be wrong",
                    tag.name
                ));
            }
        }
    }
    for quoted in boot.split(['\'', '"', '`']).skip(1).step_by(2).filter(|quoted| is_absolute(quoted)) {
        problems.push(format!(
            "the script that starts the page loads the absolute address '{quoted}': is public_url \"./\" in Trunk.toml?"
        ));
    }
    problems
}

fn is_inline_script(tag: &Tag) -> bool {
    let has = |name: &str| tag.attributes.iter().any(|attribute| attribute.name == name);
    let data = |attribute: &super::html::Attribute| attribute.name == "type" && attribute.value.ends_with("json");
    tag.name == "script" && !has("src") && !tag.attributes.iter().any(data)
}

/// Whether a link has the program loaded.
fn is_program(tag: &Tag) -> bool {
    tag.name == "link"
        && tag.attributes.iter().any(|attribute| attribute.name == "type" && attribute.value == "application/wasm")
}

fn is_absolute(address: &str) -> bool {
    let address = address.trim_start();
    address.starts_with('/') || address.starts_with("http:") || address.starts_with("https:")
}

/// A script without the empty lines that Trunk's template leaves.
fn tidied(script: &str) -> String {
    let lines = script.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUNK: &str = r#"<html><head><link rel="modulepreload" href="./a-1.js" nonce="n">
<link href="./a-1_bg.wasm" rel="preload" type="application/wasm"></head><body>
<script type="module" nonce="n">
import init, * as bindings from './a-1.js';
const wasm = await init({ module_or_path: './a-1_bg.wasm' });


dispatchEvent(new CustomEvent("TrunkApplicationStarted", {detail: {wasm}}));

</script></body></html>"#;

    fn refused(html: &str) -> String {
        format!("{:#}", finish(html).unwrap_err())
    }

    #[test]
    fn the_script_becomes_a_file() {
        let finished = finish(TRUNK).unwrap();
        let name = &finished.boot_name;
        assert_eq!(
            finished.html,
            format!(
                "<html><head><link rel=\"modulepreload\" href=\"./a-1.js\">\n\
                 <link href=\"./a-1_bg.wasm\" type=\"application/wasm\"></head><body>\n\
                 <script type=\"module\" src=\"./{name}\"></script></body></html>"
            )
        );
        assert!(
            finished.boot.starts_with(&format!("import init, * as bindings from './a-1.js';\n{AWAITED}const wasm")),
            "{}",
            finished.boot
        );
        assert_eq!(finished.boot.lines().count(), 6);
        assert!(name.starts_with("start-") && name.ends_with(".js"));
    }

    #[test]
    fn the_name_follows_the_content() {
        let name = |html: &str| finish(html).unwrap().boot_name;
        assert_eq!(name(TRUNK), name(TRUNK));
        assert_ne!(name(TRUNK), name(&TRUNK.replace("a-1", "a-2")));
    }

    #[test]
    fn what_the_policy_forbids_is_refused() {
        assert!(refused(&TRUNK.replace("<body>", "<body><script>alert(1)</script>")).contains("inline script"));
        assert!(refused(&TRUNK.replace("<body>", "<body onload='go()'>")).contains("onload"));
        assert!(refused(&TRUNK.replace("<body>", "<body><a href='javascript:go()'>")).contains("javascript:"));
        assert!(refused("<html></html>").contains("one inline script"));
        assert!(refused(&TRUNK.replace("await init", "init")).contains("has Trunk changed?"));
        assert!(refused(&finish(TRUNK).unwrap().html).contains("finished before"));
    }

    #[test]
    fn what_a_sub_path_breaks_is_refused() {
        assert!(refused(&TRUNK.replace("href=\"./", "href=\"/")).contains("absolute address"));
        assert!(refused(&TRUNK.replace("from './", "from '/")).contains("public_url"));
        assert!(refused(&TRUNK.replace("<body>", "<body><img src=https://x.example/a.png>")).contains("absolute"));
    }

    #[test]
    fn links_data_and_comments_may_stay() {
        let page = TRUNK.replace(
            "<body>",
            "<body><a href='https://x.example/'>x</a><!-- <script>no</script> --><script type='application/ld+json'>{}</script>",
        );
        assert!(finish(&page).is_ok());
    }
}
