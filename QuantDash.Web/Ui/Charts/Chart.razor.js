// plotly.js behind one small interface. It is loaded by the first chart of a page, and draws in the colours of css/tokens.css.

let library;

function load() {
    library ??= new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = new URL("lib/plotly/plotly.min.js", document.baseURI);
        script.onload = () => done(window.Plotly);
        script.onerror = () => failed(new Error("plotly.js could not be loaded"));
        document.head.append(script);
    });
    return library;
}

export async function create(host, model, minutes, owner) {
    const plotly = await load();
    return new Chart(plotly, host, model, minutes, owner);
}

const tones = { 0: "accent", 1: "up", 2: "down", 3: "info", 4: "warn", 5: "danger", 6: "info", 7: "text-weak", 8: "warn" };
const [line, area, step, bars, candles] = [0, 1, 2, 3, 4];

class Chart {
    constructor(plotly, host, model, minutes, owner) {
        Object.assign(this, { plotly, host, model, minutes, owner });
        if (owner) this.listen();
        this.themes = new MutationObserver(() => this.draw());
        this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-colors"] });
        this.sizes = new ResizeObserver(() => this.resize());
        this.sizes.observe(host);
        this.draw();
    }

    replace(model) {
        this.model = model;
        this.zoomed = false;
        this.draw();
    }

    update({ tails, levels, markers }) {
        tails.forEach((tail, i) => {
            const series = this.model.series[i];
            for (const key of ["x", "y", "open", "high", "low"]) {
                if (tail[key]) series[key].splice(tail.from, Infinity, ...tail[key]);
            }
        });
        Object.assign(this.model, { levels, markers });
        this.draw();
    }

    show(minutes) {
        this.minutes = minutes;
        this.zoomed = false;
        this.draw();
    }

    dispose() {
        this.disposed = true;
        this.deaf?.abort();
        this.themes.disconnect();
        this.sizes.disconnect();
        cancelAnimationFrame(this.frame);
        this.plotly.purge(this.host);
    }

    // Levels with an id are dragged, and a value is picked with the right button. Heard before plotly hears it, which would zoom.
    listen() {
        this.deaf = new AbortController();
        const on = (type, heard) => this.host.addEventListener(type, heard, { capture: true, signal: this.deaf.signal });
        on("pointerdown", e => { const level = e.button === 0 && this.levelAt(e); if (level) { this.dragged = { id: level.id, value: level.value }; this.host.setPointerCapture(e.pointerId); stop(e); } });
        on("mousedown", e => { if (this.dragged) stop(e); });
        on("touchstart", e => { if (this.dragged) stop(e); });
        on("pointermove", e => this.hover(e));
        on("pointerup", e => this.drop(e));
        on("pointercancel", () => { this.dragged = null; this.draw(); });
        on("contextmenu", e => { stop(e); this.owner.invokeMethodAsync("PickedAsync", this.valueAt(e)); });
    }

    hover(e) {
        if (this.dragged) {
            stop(e);
            this.dragged.value = this.valueAt(e);
            this.draw();
        } else {
            this.host.classList.toggle("grabbing", !!this.levelAt(e));
        }
    }

    drop(e) {
        const dragged = this.dragged;
        if (!dragged) return;
        stop(e);
        this.dragged = null;
        this.draw();
        if (dragged.value !== this.model.levels.find(l => l.id === dragged.id)?.value) this.owner.invokeMethodAsync("LevelMovedAsync", dragged.id, dragged.value);
    }

    levelAt(e) {
        const axis = this.host._fullLayout?.yaxis;
        if (!axis) return null;
        const y = e.clientY - this.host.getBoundingClientRect().top - axis._offset;
        return this.model.levels.find(l => l.id && Math.abs(axis.d2p(l.value) - y) <= 6);
    }

    valueAt(e) {
        const axis = this.host._fullLayout.yaxis;
        const value = axis.p2d(e.clientY - this.host.getBoundingClientRect().top - axis._offset);
        const step = this.model.step;
        return step ? Number((Math.round(value / step) * step).toFixed(10)) : value;
    }

    // Where levels stand now, with the one in the hand.
    levels() {
        const { dragged } = this;
        return this.model.levels.map(l => l.id && dragged?.id === l.id ? { ...l, value: dragged.value, label: `${l.label} → ${dragged.value.toFixed(this.model.places)}`, dashed: false } : l);
    }

    // Everything that asks for a drawing within one frame is drawn once.
    draw() {
        cancelAnimationFrame(this.frame);
        this.frame = requestAnimationFrame(() => this.drawNow());
    }

    resize() {
        const { clientWidth, clientHeight } = this.host;
        if (this.drawn && clientWidth && (clientWidth !== this.width || clientHeight !== this.height)) this.draw();
    }

    drawNow() {
        if (this.disposed || !this.host.isConnected || !this.host.clientWidth) return;
        this.width = this.host.clientWidth;
        this.height = this.host.clientHeight;
        this.palette = readPalette(this.host);
        const traces = [...this.model.series.map(s => this.trace(s)), ...this.markers()];
        this.plotly.react(this.host, traces, this.layout(), { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false });
        if (!this.drawn) {
            this.drawn = true;
            this.host.on("plotly_relayout", e => { if (e["xaxis.range[0]"]) this.zoomed = [e["xaxis.range[0]"], e["xaxis.range[1]"]]; });
            this.host.on("plotly_doubleclick", () => { this.zoomed = false; this.draw(); });
        }
    }

    trace(series) {
        const colour = this.palette[tones[series.tone]];
        const common = { name: series.name, x: series.x, y: series.y, yaxis: series.lower ? "y2" : "y", showlegend: false };
        const value = "%{y:,." + this.model.places + "f}";
        // A bar stands in the middle of its minute: where its ticks and its firings are.
        if (series.kind === candles || series.kind === bars) Object.assign(common, { xperiod: 60000, xperiodalignment: "middle" });
        if (series.kind === candles) {
            const side = name => ({ line: { color: this.palette[name], width: 1 }, fillcolor: this.palette[name] });
            return { ...common, y: undefined, type: "candlestick", open: series.open, high: series.high, low: series.low, close: series.y, increasing: side("up"), decreasing: side("down"), whiskerwidth: 0 };
        }
        if (series.kind === bars) return { ...common, type: "bar", marker: { color: colour, opacity: .45 }, hovertemplate: "%{y:,}<extra></extra>" };
        return {
            ...common, type: "scatter", mode: "lines", connectgaps: false, hovertemplate: value + "<extra>" + series.name + "</extra>",
            line: { color: colour, width: series.lower ? 1 : 1.6, shape: series.kind === step ? "hv" : "linear" },
            fill: series.kind === area ? (series.lower ? "tozeroy" : "tozeroy") : "none", fillcolor: fade(colour, .12),
        };
    }

    markers() {
        if (!this.model.markers.length) return [];
        const colour = m => this.palette[tones[m.tone]];
        return [{
            type: "scatter", mode: "markers", name: "", showlegend: false, x: this.model.markers.map(m => m.x), y: this.model.markers.map(m => m.y),
            text: this.model.markers.map(m => m.text), hovertemplate: "%{text}<extra></extra>",
            marker: { size: 11, color: this.model.markers.map(colour), symbol: this.model.markers.map(m => m.up ? "triangle-up" : "triangle-down"), line: { width: 1.5, color: this.palette["surface-1"] } },
        }];
    }

    layout() {
        const p = this.palette;
        const lower = this.model.series.some(s => s.lower);
        const narrow = this.width < 480;
        const axis = { gridcolor: fade(p.line, .8), zerolinecolor: p["line-strong"], linecolor: p.line, tickfont: { size: 11, color: p["text-weak"] }, ticks: "", fixedrange: false };
        const [x, y] = this.ranges();
        return {
            paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", width: this.width, height: this.height, autosize: false,
            margin: { l: 10, r: narrow ? 66 : 76, t: 8, b: 24 }, font: { family: p.font, size: 11, color: p.text }, dragmode: narrow ? false : "zoom", hovermode: "x",
            hoverlabel: { bgcolor: p["surface-3"], bordercolor: p["line-strong"], font: { family: p.font, size: 12, color: p["text-strong"] } }, uirevision: this.model.key,
            xaxis: {
                ...axis, type: "date", range: x, showgrid: false, rangeslider: { visible: false }, nticks: narrow ? 4 : 8, showspikes: true, spikemode: "across", spikethickness: 1, spikedash: "dot", spikecolor: p["text-weak"],
                rangebreaks: this.model.hideGaps ? this.gaps() : [], tickformatstops: [{ dtickrange: [null, 60000], value: "%H:%M:%S" }, { dtickrange: [60000, 86400000], value: "%H:%M" }, { dtickrange: [86400000, "M1"], value: "%m-%d" }, { dtickrange: ["M1", null], value: "%Y-%m" }],
                anchor: lower ? "y2" : "y",
            },
            yaxis: { ...axis, side: "right", domain: lower ? [.28, 1] : [0, 1], range: y, tickformat: ",." + this.model.places + "f", nticks: 6, fixedrange: true, showspikes: true, spikemode: "across", spikethickness: 1, spikedash: "dot", spikecolor: p["text-weak"], zeroline: false },
            ...(lower ? { yaxis2: { ...axis, side: "right", domain: [0, .2], nticks: 3, fixedrange: true, zeroline: false, tickformat: "~s" } } : {}),
            shapes: this.levels().map(l => ({ type: "line", xref: "paper", x0: 0, x1: 1, yref: "y", y0: l.value, y1: l.value, line: { color: p[tones[l.tone]], width: 1, dash: l.dashed ? "dash" : "solid" } })),
            annotations: this.labels(y),
        };
    }

    // Labels stand at the left end of their line; two that would overlap are moved apart. A level outside the picture is named at the edge.
    labels([low, high]) {
        const p = this.palette;
        const tall = this.height * (this.model.series.some(s => s.lower) ? .66 : .9);
        const gap = (high - low) * 15 / tall;
        const levels = [...this.levels()].sort((a, b) => a.value - b.value);
        const places = [];
        levels.forEach((l, i) => places.push(Math.max(Math.min(Math.max(l.value, low), high - gap), i ? places[i - 1] + gap : -Infinity)));
        for (let i = places.length - 1, top = high - gap; i >= 0; i--, top = places[i + 1] - gap) places[i] = Math.min(places[i], top);
        return levels.map((l, i) => {
            const at = places[i];
            return { xref: "paper", x: 0, xanchor: "left", yref: "y", y: at, yanchor: "bottom", text: l.label, showarrow: false, font: { size: 11, color: p[tones[l.tone]] }, bgcolor: fade(p["surface-1"], .8), borderpad: 1 };
        });
    }

    // The time range chosen, and the values that are in it with some air; levels near by are kept in sight.
    ranges() {
        const main = this.model.series.filter(s => !s.lower);
        const last = main.map(s => s.x.at(-1)).filter(Boolean).sort().at(-1);
        if (!last) return [undefined, [0, 1]];
        const first = main.map(s => s.x[0]).filter(Boolean).sort()[0];
        const from = this.zoomed ? this.zoomed[0] : this.minutes ? latest(shift(last, -this.minutes), first) : first;
        const to = this.zoomed ? this.zoomed[1] : last;
        let low = Infinity, high = -Infinity;
        for (const s of main) {
            for (let i = s.x.length - 1; i >= 0 && s.x[i] >= from; i--) {
                if (s.x[i] > to || s.y[i] == null) continue;
                low = Math.min(low, s.low ? s.low[i] : s.y[i]);
                high = Math.max(high, s.high ? s.high[i] : s.y[i]);
            }
        }
        if (low === Infinity) return [[from, to], [0, 1]];
        const missing = Math.max(0, (this.model.leastSpan || Math.abs(high) * 1e-4) - (high - low));
        low -= missing / 2;
        high += missing / 2;
        const span = Math.max(high - low, 1e-9);
        for (const { value } of this.model.levels) {
            if (value > low - span * 1.2 && value < high + span * 1.2) { low = Math.min(low, value); high = Math.max(high, value); }
        }
        const air = Math.max(high - low, span) * .08;
        // A few candles are not blown up to fill the picture.
        if (main.some(s => s.kind === candles) && !this.zoomed) return [[earliest(from, shift(to, -19)), shift(to, 1)], [low - air, high + air]];
        const right = this.zoomed ? to : shift(to, Math.max((Date.parse(to) - Date.parse(from)) / 60000 * .02, .02));
        return [[from, right], [low - air, high + air]];
    }

    // Stretches of more than 20 minutes without a point, left out of the time axis.
    gaps() {
        const x = this.model.series[0]?.x ?? [];
        const breaks = [];
        for (let i = 1; i < x.length; i++) {
            if (Date.parse(x[i]) - Date.parse(x[i - 1]) > 20 * 60000) breaks.push({ bounds: [shift(x[i - 1], 1), x[i]] });
        }
        return breaks;
    }
}

function stop(e) {
    e.preventDefault();
    e.stopPropagation();
}

const latest = (a, b) => a > b ? a : b;
const earliest = (a, b) => a < b ? a : b;

function shift(time, minutes) {
    const at = new Date(Date.parse(time.replace(" ", "T") + "Z") + minutes * 60000);
    return at.toISOString().replace("T", " ").replace("Z", "");
}

function readPalette(host) {
    const style = getComputedStyle(host);
    const names = ["accent", "up", "down", "info", "warn", "danger", "text", "text-weak", "text-strong", "line", "line-strong", "surface-1", "surface-3"];
    const palette = Object.fromEntries(names.map(n => [n, resolve(style.getPropertyValue("--" + n).trim(), style)]));
    palette.font = style.fontFamily;
    return palette;
}

// A token may point at another token: --up is var(--red).
function resolve(value, style) {
    const inner = /^var\((--[\w-]+)\)$/.exec(value);
    return inner ? style.getPropertyValue(inner[1]).trim() : value;
}

function fade(colour, opacity) {
    const [r, g, b] = [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16));
    return `rgba(${r},${g},${b},${opacity})`;
}
