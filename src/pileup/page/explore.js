/* Says the value of a mark under a pointer, a finger or the arrow keys, and leads from a state on the map to its row
   in the table; on a reader's wish, lists the origins of a paragraph over the page, or draws a chart with Plotly where
   its picture stood. Its words come from the page. */
(function () {
  "use strict";
  var script = document.currentScript, own = script.dataset, words = JSON.parse(own.words);
  // Its figures stand where the script stands, which may be a folder of the page's own.
  var library = own.plotly, files = script.getAttribute("src").replace(/[^/]*$/, "");
  var mouse = matchMedia("(pointer: fine)"), loading = {};

  // Classic scripts, not fetch: they also load when the page is opened from a folder.
  function load(address) {
    loading[address] = loading[address] || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = function () {
        delete loading[address];
        script.remove();
        reject(new Error(address));
      };
      document.head.append(script);
    });
    return loading[address];
  }

  // Colors are the page's own, light or dark: the figure names them as var(--ink) and so on.
  function colored(figure) {
    var style = getComputedStyle(document.documentElement);
    return JSON.parse(JSON.stringify(figure).replace(/var\((--\w+)\)/g, function (_, name) {
      return style.getPropertyValue(name).trim();
    }));
  }

  function draw(panel, id, width) {
    var figure = colored(window.pileupFigures[id][width < 600 ? "narrow" : "wide"]), layout = figure.layout;
    panel.style.height = layout.height + "px";
    delete layout.width;
    layout.autosize = true;
    layout.transition = { duration: 0 };
    layout.font.family = getComputedStyle(document.body).fontFamily;
    layout.hoverlabel = { align: "left", bgcolor: layout.paper_bgcolor, font: layout.font };
    // Zoom along an axis with figures on it, never along one whose rows are named by labels; and not by
    // touch, where a finger on the chart means to scroll.
    ["xaxis", "yaxis"].forEach(function (axis) {
      layout[axis].fixedrange = layout[axis].showticklabels === false || !mouse.matches;
    });
    return Plotly.newPlot(panel, figure.data, layout, {
      displayModeBar: false, showSendToCloud: false, responsive: true, displaylogo: false
    });
  }

  // The values stand in the drawing, as the titles of its marks: a line on it says that of the nearest.
  function value(chart) {
    var picture = chart.querySelector(".drawing"), line = document.createElement("p"), at = -1, lit = null;
    // On the map a mark has a row in the table, which its words begin with.
    var heads = chart.id === "chart-states" ? Array.from(chart.querySelectorAll("tbody th")) : [];
    var leads = document.createElement("button"), pressed = -1, left = -1;
    function marks() {
      var drawing = Array.from(picture.querySelectorAll("svg")).find(function (one) {
        return one.getClientRects().length;
      });
      return drawing ? Array.from(drawing.querySelectorAll(":not(svg) > title")) : [];
    }
    function show(place) {
      var all = marks();
      if (place === at && lit) return;
      if (lit) lit.classList.remove("lit");
      at = place;
      lit = all[at] ? all[at].parentNode : null;
      if (lit) lit.classList.add("lit");
      line.textContent = lit ? all[at].textContent : "";
      if (head()) line.append(" ", leads);
      picture.classList.toggle("leads", Boolean(head()));
    }
    function head() {
      return lit && heads.find(function (one) { return line.textContent.startsWith(one.textContent + ":"); });
    }
    function lead() {
      var to = head();
      if (!to) return;
      left = at;
      chart.querySelector("details").open = true;
      to.tabIndex = -1;
      to.focus({ preventScroll: true });
      to.scrollIntoView({ block: "center" });
    }
    function nearest(event) {
      var all = marks(), best = -1, least = 24;
      all.forEach(function (title, place) {
        var box = title.parentNode.getBoundingClientRect();
        var dx = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
        var dy = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
        if (Math.hypot(dx, dy) < least) { least = Math.hypot(dx, dy); best = place; }
      });
      return best;
    }
    if (!marks().length) return;
    line.className = "value";
    line.setAttribute("role", "status");
    picture.append(line);
    picture.tabIndex = 0;
    picture.setAttribute("role", "group");
    picture.setAttribute("aria-label", words.values + (heads.length ? " " + words.enter : ""));
    leads.type = "button";
    leads.tabIndex = -1;
    leads.textContent = words.row;
    picture.addEventListener("pointermove", function (event) {
      if (event.target !== leads) show(nearest(event));
    });
    // What a pointer was on already leads on; a finger's first touch says the value.
    picture.addEventListener("pointerdown", function () { pressed = at; });
    picture.addEventListener("click", function (event) {
      if (event.target !== leads) show(nearest(event));
      if (event.target === leads || at === pressed) lead();
    });
    picture.addEventListener("pointerleave", function (event) {
      if (event.pointerType === "mouse") show(-1);
    });
    picture.addEventListener("focusout", function (event) {
      if (event.relatedTarget !== leads) show(-1);
    });
    chart.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !heads.includes(event.target)) return;
      picture.focus();
      show(left);
    });
    picture.addEventListener("keydown", function (event) {
      var last = marks().length - 1, to = {
        ArrowRight: Math.min(at + 1, last), ArrowLeft: Math.max(at - 1, 0), Home: 0, End: last
      }[event.key];
      if (event.key === "Escape") show(-1);
      if (event.key === "Enter" && event.target === picture) lead();
      if (to === undefined) return;
      event.preventDefault();
      show(to);
    });
  }

  function prepare(chart) {
    var id = chart.id.replace(/^chart-/, ""), picture = chart.querySelector(".drawing");
    var button = document.createElement("button"), panel = document.createElement("div");
    var status = document.createElement("span"), wanted = false;
    button.type = "button";
    button.className = "explore";
    button.setAttribute("aria-controls", "explore-" + id);
    panel.id = "explore-" + id;
    panel.className = "explored";
    panel.tabIndex = -1;
    panel.hidden = true;
    panel.setAttribute("role", "group");
    // A function, as "$" in a headline would mean something in a replacement.
    panel.setAttribute("aria-label", words.label.replace("{title}", function () {
      return chart.querySelector("h2, h3").textContent;
    }));
    status.setAttribute("role", "status");
    picture.after(panel);
    chart.querySelector(".files").append(button, " ", status);
    close();

    function close() {
      if (!panel.hidden && window.Plotly) Plotly.purge(panel);
      wanted = false;
      panel.hidden = true;
      picture.hidden = false;
      button.textContent = words.open;
      button.setAttribute("aria-expanded", "false");
      status.textContent = "";
    }

    function open() {
      wanted = true;
      status.textContent = words.loading;
      load(library).then(function () { return load(files + "charts/" + id + ".js"); }).then(function () {
        if (!wanted) return null;
        var width = picture.getBoundingClientRect().width;
        picture.hidden = true;
        panel.hidden = false;
        return draw(panel, id, width);
      }).then(function (drawn) {
        if (!drawn) return;
        button.textContent = words.back;
        button.setAttribute("aria-expanded", "true");
        status.textContent = mouse.matches ? words.mouse : words.touch;
        panel.focus({ preventScroll: true });
        panel.scrollIntoView({ block: "nearest" });
      }).catch(function () {
        close();
        status.textContent = words.failed;
      });
    }

    button.addEventListener("click", function () { if (wanted) close(); else open(); });
    chart.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !wanted) return;
      close();
      button.focus();
    });
    addEventListener("beforeprint", function () { if (!panel.hidden) close(); });
  }

  // Without this, a sign leads to the same list on the page of the ledger.
  function list(sign) {
    var panel = document.createElement("div"), close = document.createElement("button");
    var items = document.createElement("ul"), number = sign.hash.replace("#paragraph-", "");
    var ledger = sign.getAttribute("href").replace(/#.*/, ""), told = window.pileupOrigins;
    panel.className = "origin";
    panel.popover = "auto";
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", sign.getAttribute("aria-label"));
    close.type = "button";
    close.className = "close";
    close.autofocus = true;
    close.textContent = words.close;
    close.addEventListener("click", function () { panel.hidePopover(); });
    told.signs[number - 1].forEach(function (one) {
      var item = document.createElement("li"), said = document.createElement("b");
      var link = document.createElement("a");
      said.textContent = one.slice(1).join(" · ");
      link.href = ledger + "#how-" + one[0];
      link.textContent = told.entries[one[0]];
      if (/^source[.]/.test(one[0])) link.lang = "en";  // a title stays in its own language
      item.append(said, one.length > 1 ? " " : "", link);
      items.append(item);
    });
    panel.append(close, sign.getAttribute("aria-label"), items);
    // It stands beside its sign, for readers who go on from there; "toggle" tells that it was closed.
    sign.after(panel);
    panel.addEventListener("toggle", function (event) {
      if (event.newState === "closed") panel.remove();
    });
    panel.showPopover();
  }

  document.addEventListener("click", function (event) {
    var sign = event.target.closest("a.sign");
    if (!sign || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!("popover" in sign)) return;
    event.preventDefault();
    load(files + "origins.js").then(function () { list(sign); }).catch(function () {
      location.href = sign.href;
    });
  });

  document.querySelectorAll("a.sign").forEach(function (sign) { sign.setAttribute("aria-haspopup", "dialog"); });
  document.querySelectorAll("figure.chart").forEach(prepare);
  document.querySelectorAll("figure.chart").forEach(value);
})();
