/* On a reader's wish, draws a chart with Plotly where its picture stood. Its words come from the page. */
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
      return chart.querySelector("h3").textContent;
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

  document.querySelectorAll("figure.chart").forEach(prepare);
})();
