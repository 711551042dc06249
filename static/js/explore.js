// A chart is drawn on the server. Who wants to explore it presses its button: only then is plotly fetched.
"use strict";

let plotly;

function loadPlotly(source) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      plotly = undefined;
      reject(new Error("The chart program did not arrive."));
    };
    document.head.append(script);
  });
  return plotly;
}

async function loadFigure(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The figures did not arrive (${response.status}).`);
  return response.json();
}

// The picture goes where the page does not: it takes the chart's title and the page's with it.
function saveButton(library, filename, heading) {
  return {
    name: "save",
    title: "Save as a picture",
    icon: library.Icons.camera,
    click: async (chart) => {
      const { margin } = chart.layout;
      const title = { text: `${heading}<br>${document.title}`, x: 0.02, xanchor: "left", font: { size: 17 } };
      await library.relayout(chart, { title, margin: { ...margin, t: 110 } });
      await library.downloadImage(chart, { format: "png", filename, width: 1000, height: chart.offsetHeight + 60, scale: 2 });
      await library.relayout(chart, { title: { text: "" }, margin });
    },
  };
}

async function explore(button, still, live, status) {
  button.disabled = true;
  status.textContent = "Loading the chart…";
  try {
    const [library, figure] = await Promise.all([
      loadPlotly(button.dataset.plotly),
      loadFigure(button.dataset.figure),
    ]);
    live.hidden = false;
    // These buttons and no others: plotly's own choice would offer to upload the figures to a company.
    const save = saveButton(library, button.dataset.filename, still.closest("figure").querySelector("h2").textContent);
    await library.newPlot(live, figure.data, figure.layout, {
      responsive: true,
      displaylogo: false,
      displayModeBar: true,
      modeBarButtons: [[save, "zoomIn2d", "zoomOut2d", "pan2d", "resetScale2d"]],
      locale: "en-GB",
      locales: { "en-GB": { dictionary: { Pan: "Move about", "Reset axes": "Show all" } } },
    });
    still.hidden = true;
    button.textContent = "Back to the simple chart";
    status.textContent = "The chart can be explored now: point at or tap a bar, zoom with the buttons, save it as a picture.";
  } catch (error) {
    live.hidden = true;
    status.textContent = `${error.message} The chart above shows the same. Try again in a moment.`;
  } finally {
    button.disabled = false;
  }
}

// In the reader's own colours the drawing is right and plotly's would not be.
const ownColours = window.matchMedia("(forced-colors: active)").matches;

for (const button of ownColours ? [] : document.querySelectorAll("[data-explore]")) {
  const figure = button.closest("figure");
  const still = figure.querySelector("[data-still]");
  const live = figure.querySelector("[data-live]");
  const status = figure.querySelector("[role=status]");
  const words = button.textContent;

  button.hidden = false;
  // Whoever points at the button will press it: the download may begin.
  for (const event of ["pointerenter", "focus"]) {
    button.addEventListener(event, () => loadPlotly(button.dataset.plotly).catch(() => {}), { once: true });
  }
  button.addEventListener("click", () => {
    if (live.hidden) {
      explore(button, still, live, status);
    } else {
      window.Plotly.purge(live);
      live.hidden = true;
      still.hidden = false;
      button.textContent = words;
      status.textContent = "";
    }
  });
}
