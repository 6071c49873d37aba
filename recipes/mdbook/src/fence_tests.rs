//! What is taken and what is refused in a block.

use super::*;

fn refused(body: &str, line: usize, part: &str) {
    let problems = Embed::parse(body).unwrap_err();
    assert_eq!(problems.len(), 1, "{body}: {problems:?}");
    assert!(problems[0].line == line && problems[0].what.contains(part), "{body}: {problems:?}");
}

#[test]
fn every_key_is_an_attribute() {
    let embed = Embed::parse(
        "demo = \"nine-requests\"\nengines = \"await-each,gather\"\nparameters = \"requests=9&delay=300\"\nheight = \"600\"\ntheme = \"dark\"\nautoplay = true\nfallback = \"See it\"\n",
    )
    .unwrap();
    let names: Vec<&str> = embed.attributes.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["demo", "engines", "parameters", "height", "theme", "autoplay"]);
    assert_eq!((embed.words.as_str(), embed.poster), ("See it", Some("nine-requests")));
    let Place::Site(place) = embed.place else { panic!("a demo is on the site") };
    assert_eq!(place, "#/demo/nine-requests?engines=await-each,gather&requests=9&delay=300");
}

#[test]
fn what_is_unknown_is_refused_with_what_there_is() {
    refused("demo = \"nine\"", 1, "there is no demo “nine”; there are nine-requests, primes");
    refused("demo = \"primes\"\nengines = \"main,thread\"", 2, "there is no engine “thread”; “primes” runs on main");
    refused("demo = \"primes\"\nengines = \"thread\"", 2, "there is no engine “thread”");
    refused("demo = \"primes\"\nengines = \"\"", 2, "engines names none");
    refused("demo = \"primes\"\nparameters = \"theme=dark\"", 2, "has no parameter “theme”; it has bound, tasks");
    refused("demo = \"primes\"\nparameters = \"tasks=many\"", 2, "“many” is not");
    refused("demo = \"primes\"\nparameters = \"tasks=2&tasks=3\"", 2, "“tasks” stands twice");
    refused("demo = \"primes\"\n\nheigth = \"3\"", 3, "unknown field `heigth`");
    refused("demo = \"primes\"\nautoplay = \"yes\"", 2, "expected a boolean");
}

#[test]
fn one_thing_is_shown_and_its_keys_belong_to_it() {
    refused("", 0, "one of demo, lesson and trace");
    refused("demo = \"primes\"\ntrace = \"a.json\"", 0, "only one");
    refused("lesson = \"gil\"\nstep = \"2\"\nengines = \"main\"", 3, "engines says nothing without demo");
    refused("demo = \"primes\"\nstep = \"2\"", 2, "step says nothing without lesson");
    refused("lesson = \"gil\"", 1, "step one of its steps");
    refused("lesson = \"../gil\"\nstep = \"1\"", 1, "a lesson’s id");
    refused("demo = \"primes\"\ntheme = \"pink\"", 2, "not “pink”");
    refused("demo = \"primes\"\nheight = \"0\"", 2, "CSS pixels");
}

#[test]
fn a_trace_lies_at_a_web_address_or_beside_the_page() {
    for trace in ["https://a.example/t.json", "traces/run.json", "/run.json.gz"] {
        let embed = Embed::parse(&format!("trace = \"{trace}\"")).unwrap();
        assert!(matches!(embed.place, Place::Anywhere(place) if place == trace) && embed.poster.is_none());
    }
    refused("trace = \"javascript:alert(1)\"", 1, "has to begin with https://");
    refused("trace = \"\"", 1, "has to begin with");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let problems =
        Embed::parse("demo = \"primes\"\nengines = \"a,b\"\ntheme = \"c\"\nparameters = \"d=1\"").unwrap_err();
    let mut lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
    lines.sort_unstable();
    assert_eq!(lines, [2, 2, 3, 4], "{problems:?}");
}
