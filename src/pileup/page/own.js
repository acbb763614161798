/* Counts the fatal crashes of a reader's own state, years and size, and says what the page would say of them.
   The sentences are the page's own (own-words.js), the counts those of its table (counts.js); both are loaded
   when a reader asks, and stand before this script in a page of one file. */
(function () {
  "use strict";
  const script = document.currentScript;
  const box = document.getElementById("own"), form = box.querySelector("form");
  const told = box.querySelector(".told"), asked = box.querySelector(".asked");
  const fields = ["state", "first_year", "last_year", "vehicles", "deaths"];
  const folder = (script.getAttribute("src") || "").replace(/[^/]*$/, "");
  const loading = {};
  let words = null, rows = null;

  /** Loads a classic script, once: unlike fetch it also loads when the page is opened from a disk. */
  function load(name) {
    loading[name] = loading[name] || new Promise((resolve, reject) => {
      const one = document.createElement("script");
      one.src = folder + name;
      one.onload = resolve;
      one.onerror = () => {
        delete loading[name];
        one.remove();
        reject(new Error(name));
      };
      document.head.append(one);
    });
    return loading[name];
  }

  /** Makes words and rows ready; in a page of one file they are there already. */
  async function ready() {
    if (!window.pileupOwnWords) await load("own-words.js");
    if (!window.pileupCounts) await load("counts.js");
    words = window.pileupOwnWords;
    rows = rows || unpack(window.pileupCounts);
  }

  // The table ---------------------------------------------------------------------------------------------

  /** Returns a function that reads one number after the other, as `pileup.record.packed` writes them. */
  function reader(text, digits) {
    let place = 0;
    return () => {
      let value = 0, worth = 1, digit;
      do {
        digit = digits.indexOf(text[place]);
        value += (digit % 32) * worth;
        worth *= 32;
        place += 1;
      } while (digit >= 32);
      return value;
    };
  }

  /** Returns the table as rows of state, year, vehicles, deaths and crashes. */
  function unpack(packed) {
    const found = [];
    for (const [state, text] of Object.entries(packed.states)) {
      const next = reader(text, packed.digits);
      for (const year of packed.years) {
        let vehicles = 0, deaths = 0;
        for (let left = next(); left > 0; left -= 1) {
          const more = next();
          vehicles += more;
          deaths = more ? next() : deaths + next();
          found.push({ state, year, vehicles, deaths, crashes: next() });
        }
      }
    }
    return found;
  }

  /** Tells whether two rows are of one state, year and size. */
  function same(one, other) {
    return fields.every((name) => name.endsWith("_year") || one[name] === other[name]) && one.year === other.year;
  }

  /** Returns the rows without the crashes that are set aside. */
  function without(counted, aside) {
    const left = counted.map((row) => {
      const fewer = aside.filter((one) => same(one, row)).length;
      return fewer ? { ...row, crashes: row.crashes - fewer } : row;
    });
    return left.filter((row) => row.crashes > 0);
  }

  /** Counts, in one walk, all that the sentences say of some rows. */
  function tally(counted, crash, choice) {
    const sum = {
      crashes: 0, killed: 0, ten: 0, largest: null, below: null, contains: false,
      reach: { vehicles: 0, deaths: 0, both: 0 }, least: { vehicles: 0, deaths: 0, both: 0 },
      equal: { vehicles: 0, deaths: 0, both: 0 }, smaller: 0
    };
    for (const row of counted) {
      const n = row.crashes, more = row.vehicles - crash.vehicles, deadlier = row.deaths - crash.deaths;
      sum.crashes += n;
      sum.killed += n * row.deaths;
      sum.ten += row.vehicles >= 10 ? n : 0;
      add(sum.reach, n, row.vehicles >= choice.vehicles, row.deaths >= choice.deaths);
      add(sum.least, n, more >= 0, deadlier >= 0);
      add(sum.equal, n, more === 0, deadlier === 0);
      sum.smaller += more < 0 && deadlier < 0 ? n : 0;
      sum.largest = Math.max(sum.largest === null ? -1 : sum.largest, row.vehicles);
      if (more < 0) sum.below = Math.max(sum.below === null ? -1 : sum.below, row.vehicles);
      sum.contains = sum.contains || (crash.in_fars && same(row, crash));
    }
    return sum;
  }

  function add(sum, n, vehicles, deaths) {
    sum.vehicles += vehicles ? n : 0;
    sum.deaths += deaths ? n : 0;
    sum.both += vehicles && deaths ? n : 0;
  }

  /** Ranks the page's crash: one more than the larger ones; `joint` others are as large. */
  function rank(sum, by) {
    return { place: 1 + sum.least[by] - sum.equal[by], joint: sum.equal[by] - (sum.contains ? 1 : 0) };
  }

  /** Returns the crashes of which one is large, with as many digits as the count bears; 0 where none is. */
  function oneIn(crashes, large) {
    if (!large) return 0;
    const spare = String(Math.floor(crashes / large)).length - String(large).length;
    return halfUp(crashes / large, -Math.max(spare, 0));
  }

  /** Returns every number of the sentences by the id of its finding. */
  function numbers(choice) {
    const inYears = (row) => row.year >= choice.first_year && row.year <= choice.last_year;
    const whole = rows.filter(inYears), aside = words.aside.filter(inYears), kept = without(whole, aside);
    const counted = words.exclusions ? kept : whole, crash = words.crash;
    const nation = tally(counted, crash, choice);
    const state = tally(counted.filter((row) => row.state === choice.state), crash, choice);
    const left = tally(kept, crash, choice), every = tally(whole, crash, choice);
    const found = {
      "parameter.vehicles": choice.vehicles, "role.vehicles": crash.vehicles,
      "parameter.deaths": choice.deaths, "role.deaths": crash.deaths,
      "crashes.people_killed": nation.killed,
      "crashes.one_in": oneIn(nation.crashes, nation.reach.vehicles),
      "crashes.smaller_percent_by_both": 100 * nation.smaller / nation.crashes,
      "crashes.reach_only_one": nation.crashes - nation.least.both - nation.smaller,
      "crashes.set_aside": aside.length,
      "crashes.at_least_vehicles_with_set_aside": every.reach.vehicles,
      "crashes.at_least_vehicles_without_set_aside": left.reach.vehicles,
      "crashes.at_least_both_without_set_aside": left.reach.both,
      "crashes.state_largest_vehicles": state.largest,
      "crashes.state_next_largest_vehicles": rank(state, "vehicles").joint ? crash.vehicles : state.below,
      "crashes.state_at_least_10": state.ten
    };
    for (const [name, sum] of [["", nation], ["state_", state]]) {
      found[`crashes.${name}fatal_crashes`] = sum.crashes;
      for (const by of ["vehicles", "deaths", "both"]) {
        found[`crashes.${name}at_least_${by}`] = sum.reach[by];
        found[`crashes.${name}rank_by_${by}`] = rank(sum, by).place;
        found[`crashes.${name}joint_by_${by}`] = rank(sum, by).joint;
        found[`crashes.rank_by_${by}_without_set_aside`] = rank(left, by).place;
      }
    }
    const counts = { nation: nation.contains, state: state.contains };
    return { found, counts, aside };
  }

  // The words ---------------------------------------------------------------------------------------------

  /** Rounds halves up after a cut to twelve digits, as `pileup.words.written.half_up` does. */
  function halfUp(value, places) {
    const cut = (number) => Number(number.toPrecision(12)), scale = 10 ** Math.abs(places);
    const scaled = places < 0 ? cut(value) / scale : cut(value) * scale;
    const rounded = Math.floor(cut(scaled) + 0.5);
    return places < 0 ? rounded * scale : rounded / scale;
  }

  /** Writes a number with commas, and with decimals only where it has them. */
  function number(value, places = 1) {
    const rounded = halfUp(value, places);
    const [integer, decimals] = rounded.toFixed(Number.isInteger(rounded) ? 0 : places).split(".");
    return integer.replace(/\B(?=(\d{3})+$)/g, ",") + (decimals ? `.${decimals}` : "");
  }

  const ways = {
    small: (value) => Number.isInteger(value) && value <= 20 ? words.small[value] : number(value),
    Small: (value) => ways.small(value).replace(/^./, (letter) => letter.toUpperCase()),
    cents: (value) => number(value, 2),
    ordinal(value) {
      if (words.language === "es") return `${number(value)}.º`;
      const teen = [11, 12, 13].includes(value % 100);
      return number(value) + (!teen && { 1: "st", 2: "nd", 3: "rd" }[value % 10] || "th");
    }
  };

  /** Returns a sentence by its name, in the form that belongs to a number: none, one or many. */
  function say(name, n = 1) {
    return (n === 0 && words.said[`${name}_none`] || words.said[name])[n === 1 ? 0 : 1];
  }

  /** Fills names in braces; words that lead to the ledger on the page stay as words. */
  function fill(text, found) {
    const name = /\{([\w.-]+)(?:\|(\w+))?\}|\[([^\]]+)\]\([\w.-]+\)/g;
    return text.replace(name, (all, id, way, linked) => {
      if (linked !== undefined) return linked;
      const value = found[id];
      return typeof value === "string" ? value : way ? ways[way](value) : number(value);
    });
  }

  /** Writes the years counted: at the start of a sentence ("From 1975 to 2022") and inside one. */
  function spans(choice) {
    const held = words.held.filter((year) => year >= choice.first_year && year <= choice.last_year);
    const first = String(held[0]), last = String(held[held.length - 1]);
    if (last - first >= held.length) {
      const years = listed(held);
      return { when: fill(say("in_years"), { years }), years };
    }
    if (first === last) return { when: fill(say("in_years"), { years: first }), years: first };
    return { when: fill(say("from_to"), { first, last }), years: fill(say("span"), { first, last }) };
  }

  /** Writes years with gaps, each run as 1975–1998. */
  function listed(years) {
    const runs = [];
    for (const year of years) {
      const run = runs[runs.length - 1];
      if (run && run[1] === year - 1) run[1] = year;
      else runs.push([year, year]);
    }
    const parts = years.length === 2 ? years.map(String)
      : runs.map(([first, last]) => first === last ? String(first) : `${first}–${last}`);
    return parts.slice(0, -1).join(", ") + words.and + parts[parts.length - 1];
  }

  /** Says what the page would say of a choice: paragraphs, lines of the ledger, and all numbers by their ids. */
  function said(choice) {
    const { found, counts, aside } = numbers(choice), crash = words.crash;
    const of = (name) => found[`crashes.${name}`], asked = (size) => choice[size] !== crash[size];
    const given = {
      ...found, ...spans(choice), year: String(crash.year), name: words.states[choice.state],
      held: heldIn(words.held),
      reasons: aside.map((one) => one.reason).join("; ")
    };
    given.state = given.name;
    given.size = fill(say(asked("vehicles") ? "vehicles_asked" : "vehicles_own", choice.vehicles), given);
    given.deaths = fill(say(asked("deaths") ? "deaths_asked" : "deaths_own", choice.deaths), given);
    given.its_vehicles = fill(say("own_vehicles", crash.vehicles), given);
    given.its_deaths = fill(say("own_deaths", crash.deaths), given);
    const other = asked("vehicles") || asked("deaths"), own = other ? [say("own_size")] : [];
    const none = !of("state_fatal_crashes");
    const told = [none ? [say("none_in_state")] : inState(of, counts.state, other, own, choice)];
    told.push(inNation(of), deadly(of, other, choice), [...own, ...places(of, counts.nation)]);
    if (aside.length) told.push(setAside(of, counts.nation, other));
    if (!crash.in_files) told.push([say(notCounted(crash.year, choice))]);
    const sized = (name, n) => words.sized[name][n === 1 ? 0 : 1].replace("{n}", String(n)), sizes = {
      state: given.name,
      least_vehicles: sized("least_vehicles", choice.vehicles), many_vehicles: sized("many_vehicles", choice.vehicles),
      least_deaths: sized("least_deaths", choice.deaths)
    };
    const lines = Object.entries(words.labels).map(([id, label]) => [fill(label, sizes), number(found[id])]);
    return { found, lines, paragraphs: [...told.filter((texts) => texts.length).map((texts) => fill(texts.join(" "), given)), ...words.doubts] };
  }

  /** Says why the page's crash is not among those counted, or that it may be. */
  function notCounted(year, choice) {
    if (!words.held.includes(year)) return "no_file";
    return year >= choice.first_year && year <= choice.last_year ? "not_named" : "other_years";
  }

  /** Writes years inside a sentence: with gaps each run, without them the first and the last. */
  function heldIn(years) {
    const first = years[0], last = years[years.length - 1];
    if (last - first >= years.length || first === last) return listed(years);
    return fill(say("span"), { first: String(first), last: String(last) });
  }

  function inNation(of) {
    return [say("recorded"), say(of("one_in") > 1 ? "reach_one_in" : "reach", of("at_least_vehicles"))];
  }

  /** Says how many killed as many, and how many had both: not where one of the two is none. */
  function deadly(of, other, choice) {
    if (choice.deaths === 1) return [];  // every fatal crash killed one person or more
    const many = of("at_least_vehicles"), killed = of("at_least_deaths");
    const told = [say(killed > many && !other ? "more_deadly" : "deadly", killed)];
    return many && killed ? [...told, say("both", of("at_least_both"))] : told;
  }

  function places(of, counted) {
    const told = [say(counted ? "places" : "places_would")];
    if (of("joint_by_deaths")) told.push(say("as_deadly", of("joint_by_deaths")));
    const share = of("smaller_percent_by_both"), one = of("reach_only_one");
    // A share that two decimals would round to nothing or to all is not printed.
    if (share >= 0.005 && share < 99.995) told.push(one ? say("smaller_and_one", one) : say("smaller"));
    return told;
  }

  function setAside(of, counted, other) {
    if (words.exclusions) return [say("aside"), say("aside_left_out", of("at_least_vehicles_with_set_aside"))];
    const stands = (counted ? "aside_stands" : "aside_would") + (other ? "_own" : "");
    return [say("aside"), ...withoutAside(of), say(stands)];
  }

  /** Says how many are as large without those set aside; nothing where they change no count. */
  function withoutAside(of) {
    const many = of("at_least_vehicles_without_set_aside"), both = of("at_least_both_without_set_aside");
    if (many === of("at_least_vehicles") && both === of("at_least_both")) return [];
    if (Math.min(many, both) > 1) return [say("aside_counts")];
    const told = [say("aside_counts_few", many)];
    return many ? [...told, say("aside_both", both)] : told;
  }

  /** Says what a state has of the size asked for, if one was, and then where the page's crash stands there. */
  function inState(of, counted, other, own, choice) {
    const first = other ? askedInState(of, choice) : [], told = [...first, ...own];
    told.push(byVehicles(of, counted));
    const next = of("state_next_largest_vehicles"), ten = of("state_at_least_10");
    const place = of("state_rank_by_vehicles"), joint = of("state_joint_by_vehicles");
    if (!counted || place > 1) told.push(say("state_largest", of("state_largest_vehicles")));
    else if (!joint && next !== null) told.push(say("state_next", next));
    if (counted && of("state_fatal_crashes") === 1) return told;
    if (!ten) told.push(say("none_of_ten"));
    else if (ten < words.few) told.push(say("few_of_ten", ten));
    if (!other && choice.deaths > 1) told.push(say("state_deadly", of("state_at_least_deaths")));
    told.push(say(counted ? "state_by_deaths" : "state_by_deaths_would"));
    if (of("state_joint_by_deaths")) told.push(say("state_as_deadly", of("state_joint_by_deaths")));
    return told.concat(byBoth(of("state_rank_by_both"), of("state_joint_by_both"), counted));
  }

  function askedInState(of, choice) {
    const many = of("state_at_least_vehicles"), killed = of("state_at_least_deaths");
    const told = [say("state_holds", of("state_fatal_crashes")), say("state_reach", many)];
    if (choice.deaths === 1) return told;
    told.push(say("state_killed", killed));
    return many && killed ? [...told, say("state_had_both", of("state_at_least_both"))] : told;
  }

  function byVehicles(of, counted) {
    const joint = of("state_joint_by_vehicles"), every = of("state_fatal_crashes");
    if (!counted) return say(joint ? "state_tied_would" : "state_would", every);
    if (every === 1) return say("state_only");
    return say(joint ? "state_tied" : of("state_rank_by_vehicles") === 1 ? "state_first" : "state_stands");
  }

  function byBoth(place, equal, counted) {
    if (place === 1 && !equal) return [say(counted ? "state_no_other" : "state_none")];
    const told = [say(counted ? "state_by_both" : "state_by_both_would")];
    return equal ? [...told, say("state_as_both", equal)] : told;
  }

  // The box -----------------------------------------------------------------------------------------------

  /** Returns the command that makes the page of a choice. */
  function command(choice) {
    const usual = {
      state: words.crash.state, vehicles: words.crash.vehicles, deaths: words.crash.deaths,
      first_year: words.held[0], last_year: words.held[words.held.length - 1]
    };
    const own = fields.filter((name) => choice[name] !== usual[name]).map((name) => [name, choice[name]]);
    return words.command + [...own, ...words.others].map(([name, value]) => ` -p ${name} ${value}`).join("");
  }

  /** Reads the form: a choice, or the field that is wrong with a line that says what would be right. */
  function read() {
    const choice = { state: form.elements.state.value };
    for (const name of fields.slice(1)) {
      const text = form.elements[name].value.trim().replace(/,/g, "");
      choice[name] = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
    }
    const held = words.held, first = held[0], last = held[held.length - 1], ends = { first, last };
    const wrong = fields.slice(1).find((name) => name.endsWith("_year")
      ? !(choice[name] >= first && choice[name] <= last) : !(choice[name] >= 1 && choice[name] <= words.most));
    if (wrong) return { wrong, line: plainly(wrong.endsWith("_year") ? words.years : words.sizes, ends) };
    if (choice.first_year > choice.last_year) return { wrong: "last_year", line: plainly(words.order, choice) };
    if (!held.some((year) => year >= choice.first_year && year <= choice.last_year)) {
      return { wrong: "first_year", line: fill(words.gap, { years: String(choice.first_year) }) };
    }
    return { choice };
  }

  /** Fills years, which take no comma, and the largest size, which does. */
  function plainly(text, given) {
    return text.replace(/\{(\w+)\}/g, (all, name) => name === "most" ? number(words.most) : given[name]);
  }

  function paragraph(text) {
    const one = document.createElement("p");
    one.textContent = text;
    return one;
  }

  /** Returns a list of labels, each with its number. */
  function list(lines) {
    const all = document.createElement("ul");
    all.append(...lines.map(([label, value]) => {
      const one = document.createElement("li"), strong = document.createElement("b");
      strong.textContent = value;
      one.append(`${label}: `, strong);
      return one;
    }));
    return all;
  }

  /** Shows what the form asks for, and keeps it in the address; says in one line what cannot be shown. */
  async function show() {
    for (const name of fields) form.elements[name].removeAttribute("aria-invalid");
    asked.hidden = true;
    try {
      await ready();
    } catch {
      told.replaceChildren(paragraph(box.dataset.failed));
      return;
    }
    const { choice, wrong, line } = read();
    if (wrong) {
      told.replaceChildren(paragraph(line));
      form.elements[wrong].setAttribute("aria-invalid", "true");
      form.elements[wrong].focus();
      return;
    }
    const { lines, paragraphs } = said(choice);
    told.replaceChildren(list(lines), ...paragraphs.map(paragraph));
    asked.querySelector("code").textContent = command(choice);
    asked.hidden = false;
    address(`#own?${new URLSearchParams(choice)}`);
  }

  function address(hash) {
    history.replaceState(history.state, "", location.pathname + location.search + hash);
  }

  /** Fills the form from the address, where that has a choice. */
  function fromAddress() {
    if (!location.hash.startsWith("#own?")) return;
    const given = new URLSearchParams(location.hash.slice("#own?".length));
    for (const name of fields) if (given.has(name)) form.elements[name].value = given.get(name);
    show().then(() => box.scrollIntoView());
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("reset", () => {
    told.replaceChildren();
    asked.hidden = true;
    if (location.hash.startsWith("#own?")) address("");
  });
  const copy = asked.querySelector("button");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", () => {
    const text = asked.querySelector("code").textContent;
    navigator.clipboard.writeText(text).then(() => { copy.textContent = box.dataset.copied; }, () => {
      getSelection().selectAllChildren(asked.querySelector("code"));
    });
  });
  addEventListener("hashchange", fromAddress);
  box.hidden = false;
  fromAddress();
  window.pileupOwn = { ready, said, command };
})();
