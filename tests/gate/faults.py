"""The faults that the gate must refuse: by kind, each with its place and with what is to be said of it."""

from planting import PAGE, Fault

_PROSE = r"(<section aria-labelledby=\"what-happened\">.*?<p>)"
_LARGEST = r"(<figure class=\"chart\" id=\"chart-largest\".*?"
_EMBED, _TABLE, _SVG = "embeds/largest.html", "tables/largest.csv", "charts/largest.svg"
_FOUND, _BOOK, _RECORD = "findings.json", "notebook.html", "record.json"


def _page(kind: str, old: str, new: str, said: str) -> Fault:
    return Fault(kind, PAGE, old, new, said)


def _left(words: str, said: str = "") -> Fault:
    """Leave something in prose that only a fault leaves there."""
    return _page("leftover", _PROSE, rf"\1{words} ", said or "is printed|stands where|no tag")


NUMBERS = (
    _page("number", r'(how-term\.TERM-imposed"><data value="110">)110', r"\g<1>101", "standfirst: 101 is printed, 110 is right, by term.TERM-imposed"),
    _page("number", r'(how-fact\.N18b"><data value="27">)27(</data></a> of .*?<data value="42">)42', r"\g<1>42\g<2>27", "42 is printed, 27 is right, by fact.N18b"),
    _page("number", r'(how-fact\.N18b"><data value="27">27</data></a> of .*?<data value="42">)42', r"\g<1>24", "24 is printed, 42 is right, by fact.N18a"),
    _page("number", r'(<ul class="key-facts">.*?how-fact\.F04"><data value="28">)28', r"\g<1>82", "82 is printed, 28 is right, by fact.F04"),
    _page("number", r'(how-fact\.F04"><data value=")28"', r'\g<1>82"', "<data value>: 82 is printed, 28 is right"),
    _page("number", r'(how-crashes\.at_least_vehicles"><data value="\d+">)4', r"\g<1>5", "is right, by crashes.at_least_vehicles"),
    _page("number", r'(how-crashes\.fatal_crashes"><data value="\d+">1,7)9', r"\g<1>8", "is right, by crashes.fatal_crashes"),
    _page("number", r'(how-crashes\.fatal_crashes"><data value="\d+">1,797,75)1', r"\g<1>2", "1,797,752 is printed, 1,797,751 is right"),
    _page("number", r'(how-crashes\.rank_both"><data value="\d+">)14', r"\g<1>41", "is right, by crashes.rank_both|41st"),
    _page("number", r'(<h3><a class="n" href="#how-case\.days_crash_to_commutation"><data value="980">)980', r"\g<1>890", "chart timeline, heading: 890 is printed, 980 is right"),
    _page("number", _LARGEST + r'<p class="subtitle">[^<]*<a[^>]*><data value="\d+">)(\d)', r"\g<1>9\2", "chart largest, subtitle: "),
    _page("number", _LARGEST + r"<b>Note:</b>[^<]*<a[^>]*><data value=\"[^\"]*\">)(\d)", r"\g<1>9\2", "chart largest, source or note: "),
    _page("number", r'(<tbody>\n<tr><th scope="row"[^>]*>.*?<td class="num">.*?)(\d)(?=<)', r"\g<1>9\2", "is right"),
    _page("number", r'(<div class="ledger">.*?<data value="[\d.]+">)(\d)', r"\g<1>9\2", "ledger, crashes"),
    _page("number", r'(<li id="how-fact\.F04">.*?<data value=")28', r"\g<1>82", "ledger, fact.F04: <data value>: 82 is printed, 28 is right"),
    _page("number", r'(<div class="ledger"><details>|<div class="ledger">.*?<summary>[^<]*?the )(\d)', r"\g<1>9\2", "is right"),
    _page("number", r"(<p class=\"meta\">Computed: [^<]*?)(\d)", r"\g<1>9\2", "ledger, "),
    _page("number", r'(how-crashes\.at_least_vehicles">)', r'how-crashes.at_least_deaths">', "stands|is printed"),
)
WORDS = (
    _page("word", r'(how-fact\.F06"><data value="4">)four', r"\1five", "standfirst: five is printed, four is right, by fact.F06"),
    _page("word", r'(how-fact\.F06"><data value="4">)Four', r"\1Forty", "Forty is printed, Four is right, by fact.F06"),
    _page("word", r'(how-fact\.F07"><data value="6">)six', r"\1sixteen", "sixteen is printed, six is right, by fact.F07"),
    _page("word", _PROSE, r"\1Dozens of people ran. ", "Dozens of people ran"),
    _page("word", _PROSE, r"\1One hundred cars stood there. ", "One hundred cars stood there"),
    _page("word", r'(how-fact\.F04b"><data value="4">)four', r"\1half", "half is printed, four is right, by fact.F04b"),
    _page("word", r"people died\.", "people were saved.", "people were saved"),
    _page("word", r"He may be paroled from", "He was paroled on", "He was paroled on"),
    _page("word", r"the least that the law allowed", "the most that the law allowed", "the most that"),
)
DATES = (
    _page("date", r'(how-event\.T04"><data value="2019-04-25">)25 April', r"\1 24 April", "24 April 2019 is printed, 25 April 2019 is right, by event.T04"),
    _page("date", r'(how-event\.T04"><data value="2019-04-25">25 April )2019', r"\g<1>2018", "25 April 2018 is printed"),
    _page("date", r'(how-event\.T04"><data value="2019-04-2)5', r"\g<1>6", "<data value>"),
    _page("date", r'(how-fact\.R4"><data value="2026-12-30">)30 December 2026', r"\g<1>30 November 2026", "30 November 2026 is printed, 30 December 2026 is right, by fact.R4"),
    _page("date", r'(how-fact\.F01"><data value="16:53:00">)4:53 p\.m\.', r"\g<1>4:35 p.m.", "4:35|35"),
    _page("date", r'(<time datetime="2026-11-)22', r"\g<1>21", "<time datetime>"),
    _page("date", r"(<time datetime=\"2026-11-27\">)27 Nov", r"\g<1>26 Nov", "26 November 2026 is printed, 27 November 2026 is right"),
    _page("date", r"(As known on .*?datetime=\"2026-11-27\">)27", r"\g<1>28", "28 November 2026 is printed"),
    _page("date", r'(<li id="how-event\.T18">.*?)13 December', r"\g<1>12 December", "ledger, event.T18|12 December"),
    _page("date", r'("datePublished":"2026-11-)22', r"\g<1>21", "words to machines"),
    _page("date", r'("dateModified":"2026-11-)27', r"\g<1>26", "words to machines"),
    _page("date", r"(article:modified_time\" content=\"2026-11-)27", r"\g<1>26", "head, head: <meta content>"),
)
UNITS = (
    _page("unit", r'(how-term\.TERM-imposed"><data value="110">110</data></a> )years', r"\1months", "“months that the law"),
    _page("unit", r'(how-fact\.R6"><data value="17">17</data></a> )days', r"\1weeks", "weeks later"),
    _page("unit", r"miles an hour", "kilometres an hour", "kilometres an hour"),
    _page("unit", r'(<li id="how-fact\.F04">.*?<data value="28">28) vehicles', r"\1 trucks", "ledger, fact.F04: "),
    _page("unit", r"passenger vehicles", "passengers", "passengers"),
    _page("unit", r"(<th scope=\"col\" class=\"num\">)Deaths", r"\1Injured", "Injured"),
)
QUOTES = (
    _page("quotation", r"(<q[^>]*>)([^<]{12})", r"\1He was a murderer. ", "ledger, .*He was a murderer"),
    _page("quotation", r"</q>", " and more</q>", "ledger, .*and more"),
    _page("quotation", r"(<q)( lang=\"\w+\")?>", r'\1 lang="es">', "<q lang>"),
    _page("quotation", r"<q[^>]*>([^<]*)</q>", r"\1", "<q> is missing"),
)
NAMES = (
    _page("name", r"Rogel Aguilera-Mederos", "Rogelio Aguilera-Mederos", "Rogelio"),
    _page("name", r"(The driver, Rogel) Aguilera-Mederos", r"\1 Aguilera Mederos", "Aguilera Mederos"),
    _page("name", r"The driver, Rogel", "The murderer, Rogel", "The murderer"),
    _page("name", r"Lakewood, Colorado", "Lakeside, Colorado", "Lakeside"),
    _page("name", r"Doyle Harrison", "Doyle Harris", "Doyle Harris"),
    _page("name", r"(<p class=\"dates\">By )The pileup authors", r"\1Somebody", "Somebody"),
)
SOURCES = (
    _page("source", _LARGEST + r')<p class="credit"><b>Source:.*?</p>', r"\1", "chart largest has no source"),
    _page("source", _LARGEST + r')<p class="credit"><b>Note:.*?</p>', r"\1", "chart largest has no note"),
    _page("source", _LARGEST + r"<b>Source:</b>) National Highway[^<,]*", r"\1 Centers for Disease Control", "chart largest, source or note: .*Centers for Disease"),
    _page("source", r'(<a class="address" href="https://)([^/"]+)', r"\1elsewhere.example", "ledger, source.*elsewhere.example"),
    _page("source", r'(<a class="address" href="[^"]*" rel="noreferrer">https://)([^/<]+)', r"\1elsewhere.example", "ledger, source"),
    _page("source", r'<li id="how-fact\.F06">.*?</ul>\n</li>\n', "", "the link #how-fact.F06 leads nowhere"),
    _page("source", r'<li id="how-comparable\.K1">.*?</ul>\n</li>\n', "", "comparable.K1"),
    _page("source", r'href="#how-fact\.F06"', 'href="#how-fact.F04"', "#how-fact.F04. is printed, .#how-fact.F06. is right"),
    _page("source", r'<a class="n" href="#how-fact\.F06">(<data value="4">four</data>)</a>', r"\1", "<a> is missing|leads to no origin"),
    _page("source", r'(<li id="how-fact\.F04">.*?<span class="meta">fact\.F04 · )\w[\w-]*', r"\1claimed", "ledger, fact.F04: .*claimed"),
    _page("source", r'(data-origin=")how-case\.file"', r'\1how-law.file"', "<figure data-origin>"),
    _page("source", r'(<li id="how-source\.[^>]*><cite[^>]*>)[^<]*', r"\1Another title", "Another title"),
    _page("source", r'(<li id="how-table\.crashes">.*?<p class="meta">)[^<]{20}', r"\1", "ledger, table.crashes"),
)
STRUCTURE = (
    _page("structure", r'<section aria-labelledby="what-came-after">.*?</section>', "", "what-came-after"),
    _page("structure", r'(<section aria-labelledby="what-came-after">.*?</section>)\n(<section.*?</section>)', r"\2\n\1", "what-came-after"),
    _page("structure", r'<ul class="limits">.*?</ul>', "", "limits|is missing"),
    _page("structure", r'<ul class="limits">', '<ul class="limits" style="display:none">', "<ul> has the attribute style"),
    _page("structure", r'<ul class="limits">', '<ul class="limits" hidden>', "<ul> has the attribute hidden"),
    _page("structure", r"</style>", ".limits{display:none}</style>", "head, style: "),
    _page("structure", r'<ul class="limits">', '<ul class="skip">', "<ul class>"),
    _page("structure", r'<figure class="chart" id="chart-largest".*?</figure>', "", "largest"),
    _page("structure", _LARGEST + r")<details><summary>.*?</details>", r"\1", "chart largest has no table of its numbers"),
    _page("structure", _LARGEST + r")<tr><th scope=\"row\".*?</tr>", r"\1", "chart largest"),
    _page("structure", r"<details><summary>Dates</summary>.*?</details>", "", "event.T04 leads nowhere|leads nowhere"),
    _page("structure", r"(<h2 id=\"what-happened\">)[^<]*", r"\1What went wrong?", "What went wrong"),
    _page("structure", r"</main>", '<p>Some more.</p></main>', "Some more"),
    _page("structure", r"<h2 id=\"what-happened\">([^<]*)</h2>", r'<p id="what-happened">\1</p>', "what-happened"),
    _page("structure", r'<div class="ledger">', '<div class="ledger" aria-hidden="true">', "<div aria-hidden>"),
    _page("structure", r"(<ol>\n)<li><a href=\"#what-happened\">[^<]*</a></li>", r"\1", "the contents name the chapters"),
)
ACCESS = (
    _page("access", r'<desc id="largest-wide-desc">.*?</desc>', "", "chart largest has no description"),
    _page("access", r'(<desc id="largest-wide-desc">).*?(</desc>)', r"\1\2", "chart largest has no description"),
    _page("access", r'(<desc id="largest-narrow-desc">[^<]*?)\d+', r"\g<1>7", "chart largest, description: "),
    _page("access", r' role="img"( aria-labelledby="largest-wide)', r"\1", "chart largest has no description that a screen reader reads"),
    _page("access", r'<html lang="en">', "<html>", "the page names its language as None"),
    _page("access", r'<html lang="en">', '<html lang="fr">', "the page names its language as fr"),
    _page("access", r"<h1>", '<h1 id="main">', "the id main stands twice"),
    _page("access", r"</main>", "<h1>Another</h1></main>", "the page has 2 main headings"),
    _page("access", r"</main>", "<h6>Deep</h6></main>", "a heading of level 6"),
    _page("access", r"</main>", '<img src="charts/road.svg"></main>', "a picture has no words"),
    _page("access", r'<th scope="col"([^>]*)>(.*?)</th>', r"<td\1>\2</td>", "heads of its table"),
    _page("access", r'<th scope="row"', "<th", "heads of its table"),
    _page("access", r"<summary>Show the numbers</summary>", "<summary></summary>", "<summary> is empty"),
    _page("access", r'(<div class="scroll" tabindex="0" role="region" aria-label=")[^"]*', r"\1Table", "<div aria-label>"),
    _page("access", r'<a class="skip"[^>]*>.*?</a>\n', "", "<a> is missing"),
)
CODE = (
    _page("code", r"</main>", "<script>alert(1)</script></main>", "is a script other than explore.js"),
    _page("code", r"</main>", '<script src="https://cdn.plot.ly/plotly.js"></script></main>', "is a script other than explore.js"),
    _page("code", r"<h1>", '<h1 onclick="alert(1)">', "<h1> has the attribute onclick"),
    _page("code", r"</main>", '<form action="https://x.example"></form></main>', "<form> is no element that a page may have"),
    _page("code", r"</main>", "<form></form></main>", "<form> is no element"),
    _page("code", r"</main>", '<iframe src="x.html"></iframe></main>', "<iframe> is no element"),
    _page("code", r"</main>", '<iframe srcdoc="&lt;script&gt;1&lt;/script&gt;"></iframe></main>', "<iframe> is no element"),
    _page("code", r"</title>", '</title><link rel="stylesheet" href="x.css">', "would load x.css"),
    _page("code", r"</title>", '</title><link rel="preconnect" href="https://x.example">', "would load https://x.example"),
    _page("code", r"</title>", '</title><base href="https://x.example/">', "<base> is no element"),
    _page("code", r"</title>", '</title><meta http-equiv="refresh" content="0;url=https://x.example/">', "http-equiv refresh may not stand"),
    _page("code", r"<h1>", '<h1 style="background:url(https://x.example/x.png)">', "<h1> has the attribute style"),
    _page("code", r"</style>", "@import 'https://x.example/x.css';</style>", "would load @import"),
    _page("code", r"</style>", "p{background:url(https://x.example/x.png)}</style>", "would load https://x.example"),
    _page("code", r'<a class="skip"', '<a ping="https://x.example" class="skip"', "<a> has the attribute ping"),
    _page("code", r"</main>", '<video src="x.mp4"></video></main>', "<video> is no element"),
    _page("code", r"</main>", '<object data="x.swf"></object></main>', "<object> is no element"),
    _page("code", r"</main>", '<img src="https://x.example/x.png" alt="x"></main>', "would load https://x.example"),
    _page("code", r"</main>", '<img src="//x.example/x.png" alt="x"></main>', "would load //x.example"),
    _page("code", r"</main>", '<img src="data:image/png;base64,AAAA" alt="x"></main>', "would load data:"),
    _page("code", r"</main>", '<a href="javascript:alert(1)">x</a></main>', "leads to 'javascript:"),
    _page("code", r"</main>", '<a href="data:text/html;base64,AAAA">x</a></main>', "leads to 'data:text/html"),
    _page("code", r"</main>", '<a href="//x.example/">x</a></main>', "leads to '//x.example"),
    _page("code", r"</main>", "<noscript>x</noscript></main>", "<noscript> is no element"),
    _page("code", r"</main>", "<input></main>", "<input> is no element|</main> stands where"),
    _page("code", r"</main>", "<!-- hidden --></main>", "no tag as pileup writes one"),
    _page("code", r"<path ", '<path onmouseover="alert(1)" ', "<path> has the attribute onmouseover"),
    _page("code", r"(<svg [^>]*>)", r"\1<foreignObject></foreignObject>", "<foreignObject> is no element"),
    _page("code", r"(<svg [^>]*>)", r'\1<image href="https://x.example/x.png"/>', "<image> is no element"),
    _page("code", r"(<svg [^>]*>)", r'\1<use href="#x"/>', "<use> is no element"),
    _page("code", r'(<script src="explore\.js") data-plotly="[^"]*"', r'\1 data-plotly="https://x.example/p.js"', "is a script other than explore.js"),
)
LEFTOVERS = (
    *(_left(words, f"the text has '{said}'") for words, said in (
        ("NaN", "NaN"), ("nan", "nan"), ("NaT", "NaT"), ("{F04}", r"\{F04\}"), ("{role.deaths}", r"\{role.deaths\}"),
        ("{{ x }}", r"\{\{"), ("%s", "%s"), ("%(n)s", r"%\(n\)s"), ("[two](fact.N8)", r"\[two\]\(fact.N8\)"),
        ("[object Object]", r"\[object Object\]"), ("&lt;NA&gt;", "<NA>"), ("#REF!", "#REF!"), ("#N/A", "#N/A"),
        ("�", "�"), ("â€™", "â€"), ("Ã©", "Ã©"), ("$NUMBER", r"\$NUMBER"), ("KeyError: x", "KeyError: "),
        ("Traceback (most recent call last)", r"Traceback \(most recent call last\)"), ("killed None people", "None"),
        ("/home/someone/x", "/home/s"), ("Timestamp(x)", r"Timestamp\("),
    )),
    _page("leftover", r"</main>", "<p>null</p></main>", "the text has 'null'"),
    _page("leftover", r"</main>", "<p>undefined</p></main>", "the text has 'undefined'"),
    _page("leftover", r"</main>", "<p>TODO</p></main>", "the text has 'TODO'"),
    _page("leftover", r"</main>", "<p>Deaths: null</p></main>", "the text has 'null'"),
    _left("in the the", "has a word twice"),
    _left("null", "null "),
    _page("leftover", r'(<path fill-rule="evenodd" d="M)\d+', r"\1NaN", "has d="),
    _page("leftover", r"(<text x=\")[\d.]+", r"\1undefined", "has x="),
    _page("leftover", r"(<td[^>]*>)[^<]+(</td>)", r"\1\2", "is missing"),
)
LANGUAGE = (
    _page("language", _LARGEST + r"<figcaption><h3>).*?(</h3>)", r"\1El mayor choque\2", "El mayor choque"),
    _page("language", r"<strong>The case now\.</strong>", "<strong>El caso ahora.</strong>", "El caso ahora"),
    _page("language", r"<summary>Show the numbers</summary>", "<summary>Ver los números</summary>", "Ver los números"),
    _page("language", r"<html lang=\"en\">", '<html lang="es">', "<html lang>"),
    _page("language", r'("inLanguage":")en', r"\1es", "words to machines"),
)
MACHINES = (
    _page("machine", r"(<title>[^<]*)110", r"\g<1>101", "head, title: 101 is printed, 110 is right"),
    _page("machine", r'(<meta name="description" content="[^"]*?)four', r"\1forty", "head, head: <meta content>: forty is printed, four is right"),
    _page("machine", r'(property="og:title" content="[^"]*?)110', r"\g<1>101", "head, head: <meta content>: 101 is printed"),
    _page("machine", r'(property="og:description" content="[^"]*?)27', r"\g<1>72", "72 is printed, 27 is right"),
    _page("machine", r'("headline":"[^"]*)110', r"\g<1>101", "words to machines: 101 is printed, 110 is right"),
    _page("machine", r'("description":"[^"]*)four', r"\1nine", "words to machines: nine is printed, four is right"),
    _page("machine", r'"@context":"https://schema\.org"', '"@context":"https://schema.org', "the JSON-LD cannot be read"),
    _page("machine", r'href="tables/largest\.csv"', 'href="tables/vehicles.csv"', "tables/vehicles.csv. is printed, .tables/largest.csv. is right"),
    _page("machine", r'href="charts/largest\.svg"', 'href="charts/vehicles.svg"', "chart largest has no link to charts/largest.svg"),
    _page("machine", r'href="tables/largest\.csv"', 'href="tables/none.csv"', "tables/none.csv is no file beside the page"),
    _page("machine", r'href="#how-fact\.F06"', 'href="#how-nothing"', "the link #how-nothing leads nowhere"),
    _page("machine", r'<a href="#what-came-after">', '<a href="https://nowhere.invalid/">', "https://nowhere.invalid/"),
    _page("machine", r'<link rel="icon" href="data:,">', '<link rel="canonical" href="https://x.example/">', "would load https://x.example/"),
    _page("machine", r"pileup report --case aguilera-mederos", "pileup report --case another", "--case another"),
    _page("machine", r'<meta name="viewport"[^>]*>', '<meta name="keywords" content="x">', "says keywords"),
)
DRAWINGS = (
    _page("drawing", _LARGEST + r"<div class=\"wide\">.*?>)28(</t)", r"\g<1>82\2", "chart largest, label in the drawing: 82 is printed, 28 is right"),
    _page("drawing", _LARGEST + r"<div class=\"narrow\">.*?>)28(</t)", r"\g<1>82\2", "chart largest, label in the drawing: 82 is printed, 28 is right"),
    _page("drawing", _LARGEST + r"<div class=\"wide\">.*?<path[^>]* d=\"M)(\d+)", r"\g<1>1\2", "chart largest, drawing: <path d>"),
    _page("drawing", _LARGEST + r"<div class=\"wide\">.*?var\(--)context", r"\1accent", "chart largest, drawing: <path style>"),
    _page("drawing", _LARGEST + r'<div class="wide">)<svg.*?</svg>', r"\1", "chart largest"),
    _page("drawing", r'(id="chart-largest".*?<div class="wide">)(<svg.*?</svg>)(.*?id="chart-deaths-and-vehicles".*?<div class="wide">)(<svg.*?</svg>)', r"\1\4\3\2", "chart largest"),
    _page("drawing", _LARGEST + r'<div class="wide">.*?)<text', r'\1<text style="display:none"', "stands there|attribute|<text style>"),
    Fault("drawing", _SVG, r">28<", ">82<", "charts/largest.svg: .*82 is printed, 28 is right"),
    Fault("drawing", _SVG, r'(<desc[^>]*>[^<]*?)\d+', r"\g<1>7", "charts/largest.svg: "),
    Fault("drawing", _SVG, r' d="M\d+', ' d="M1', "charts/largest.svg: .*<path d>"),
    Fault("drawing", _SVG, "", "", "charts/largest.svg: "),
    Fault("drawing", _SVG, r"</svg>", "<script>alert(1)</script></svg>", "charts/largest.svg: .*<script> stands there"),
    Fault("drawing", "charts/largest.js", r"28", "82", "charts/largest.js: is not the file that was made"),
)
TABLES = (
    Fault("table", _TABLE, r",130\b|\b130,", ",310,", "tables/largest.csv: row "),
    Fault("table", _TABLE, r"Vehicles", "Deaths", "tables/largest.csv: row 1"),
    Fault("table", _TABLE, "", "", "tables/largest.csv: is empty"),
    Fault("table", _TABLE, r"\n[^\n]*\n$", "\n", "tables/largest.csv: has 8\\d rows; 8\\d are right"),
    Fault("table", _TABLE, r"$", "2030,1,1,1\n", "tables/largest.csv: has "),
    Fault("table", _TABLE, r"(\n[^\n]*)(\n[^\n]*)", r"\2\1", "tables/largest.csv: row 2"),
    Fault("table", "tables/benchmarks.csv", r"445", "454", "tables/benchmarks.csv: row .*454"),
    _page("table", _LARGEST + r"<td class=\"num\">)(\d)", r"\g<1>9\2", "chart largest, table, cell: "),
    _page("table", _LARGEST + r"<caption>)[^<]*", r"\1Other crashes", "chart largest, table, caption: "),
)
EMBEDS = (
    Fault("embed", _EMBED, r"(<h1>[^<]*?)\d+", r"\g<1>7", "embeds/largest.html: .*is right"),
    Fault("embed", _EMBED, r">28<", ">82<", "embeds/largest.html: .*82 is printed, 28 is right"),
    Fault("embed", _EMBED, r"</body>", '<script src="https://cdn.plot.ly/x.js"></script></body>', "embeds/largest.html: .*<script>"),
    Fault("embed", _EMBED, "", "", "embeds/largest.html: line 1: no page that pileup made"),
    Fault("embed", _EMBED, r"<b>Source:</b>[^<]*", "", "embeds/largest.html: .*Source:|is missing"),
    Fault("embed", _EMBED, r"#chart-largest", "#chart-road", "embeds/largest.html: .*chart-road"),
    Fault("embed", _EMBED, r"parent\.postMessage", "top.location=1;parent.postMessage", "embeds/largest.html: .*is a script other than|words to machines"),
    Fault("embed", _EMBED, r'<html lang="en">', '<html lang="es">', "embeds/largest.html: .*<html lang>"),
)
FINDINGS = (
    Fault("findings", _FOUND, r'("id": "crashes\.at_least_vehicles".*?"value": )45', r"\g<1>54", "findings.json: crashes.at_least_vehicles value: 54 is printed, 45 is right"),
    Fault("findings", _FOUND, r'"state": "CO"', '"state": "TX"', "findings.json: parameters state: .TX. is printed"),
    Fault("findings", _FOUND, r'("charts": \[.*?"title": ")', r"\1No ", "findings.json: .*title"),
    Fault("findings", _FOUND, r'"unit": "crashes"', '"unit": "deaths"', "findings.json: .* unit: "),
    Fault("findings", _FOUND, r'("label": ")', r"\1Not ", "findings.json: .* label: "),
    Fault("findings", _FOUND, "", "[]", "findings.json: "),
    Fault("findings", _FOUND, "", '{"findings": 1}', "findings.json: "),
    Fault("findings", _FOUND, "", "{", "findings.json: cannot be read as JSON"),
    Fault("findings", _FOUND, "", "[" * 100_000, "findings.json: cannot be read as JSON"),
    Fault("findings", _FOUND, r"\n", "\n\n", "findings.json: is not written as pileup writes it"),
    Fault("findings", _RECORD, r'("id": "crashes\.at_least_vehicles"[^}]*"value": )45', r"\g<1>54", "54|is right"),
    Fault("findings", _RECORD, r'"text": "110"', '"text": "101"', "101 is printed, 110 years is right, by term.TERM-imposed"),
    Fault("findings", _RECORD, r'"value": 28, ?|"value": 28\b', '"value": 82', "82|no record of a page"),
)
NOTEBOOK = (
    Fault("notebook", _BOOK, r"</main>", "<pre>Traceback (most recent call last)</pre></main>", "notebook.html: .*Traceback"),
    Fault("notebook", _BOOK, r"(<code>[^<]*)report\)", r"\1rep)", "notebook.html: .*rep"),
    Fault("notebook", _BOOK, r"(<td>)\d+", r"\g<1>7", "notebook.html: "),
    Fault("notebook", _BOOK, r"(alt=\"[^\"]*?)\d+", r"\g<1>7", "notebook.html: .*<img alt>"),
    Fault("notebook", _BOOK, r"</main>", '<img src="https://x.example/x.png" alt="x"></main>', "notebook.html: .*would load https://x.example"),
    Fault("notebook", _BOOK, "", "", "notebook.html: line 1: no page"),
    Fault("notebook", _BOOK, r"case = &#39;aguilera-mederos&#39;", "case = &#39;another&#39;", "notebook.html: .*another"),
)
#: All of them that are planted in the English page.
FAULTS = (
    *NUMBERS, *WORDS, *DATES, *UNITS, *QUOTES, *NAMES, *SOURCES, *STRUCTURE, *ACCESS, *CODE, *LEFTOVERS,
    *LANGUAGE, *MACHINES, *DRAWINGS, *TABLES, *EMBEDS, *FINDINGS, *NOTEBOOK,
)  # fmt: skip
#: Those of the Spanish page.
SPANISH = (
    _page("number", r'(how-term\.TERM-imposed"><data value="110">)110', r"\g<1>101", "101 is printed, 110 is right, by term.TERM-imposed"),
    _page("word", r'(how-fact\.F06"><data value="4">)cuatro', r"\1cinco", "cinco is printed, cuatro is right, by fact.F06"),
    _page("date", r'(how-event\.T04"><data value="2019-04-25">)25 de abril', r"\g<1>24 de abril", "24 de abril de 2019 is printed, 25 de abril de 2019 is right"),
    _page("unit", r'(how-term\.TERM-imposed"><data value="110">110</data></a> )años', r"\1meses", "meses"),
    _page("language", r"<p>([^<]*)(<a class=\"n\" href=\"#how-event\.T04\">)", r"<p>On \2", "is right"),
    _page("language", r'<html lang="es">', '<html lang="en">', "<html lang>"),
    _page("leftover", _PROSE, r"\1[dos](fact.N8) ", r"the text has '\[dos\]\(fact.N8\)'"),
    _page("structure", r'<ul class="limits">.*?</ul>', "", "limits|is missing"),
    _page("source", _LARGEST + r')<p class="credit"><b>Fuente:.*?</p>', r"\1", "chart largest has no source"),
    Fault("embed", _EMBED, r">28<", ">82<", "embeds/largest.html: .*82 is printed, 28 is right"),
    Fault("table", _TABLE, r",130\b|\b130,", ",310,", "tables/largest.csv: row "),
    Fault("findings", _FOUND, r'("id": "crashes\.at_least_vehicles".*?"value": )45', r"\g<1>54", "54 is printed, 45 is right"),
)  # fmt: skip
