// Around the terminal: its size, the way back after a lost connection, files, keys of a phone.
// It runs before the terminal's own script, so that it sees the one socket which that one opens.
"use strict";
(() => {
  const COLUMNS = 60, SLIM_COLUMNS = 48; // the second where a window is as narrow as a phone
  const NARROW = 480; // pixels
  const LARGEST = 16, SMALLEST = 8; // pixels
  const CELL = 0.6; // width of a letter of the font, in parts of its size
  const FIRST_PAUSE = 500, LONGEST_PAUSE = 15000, FILE_SHOWN = 20000; // milliseconds
  const SETTLED = 250; // milliseconds after which caret and rows are mostly where they stay
  const LISTED = 1500; // milliseconds in which the terminal has listed its rows anew for certain
  const FRAMES = /[\u2500-\u259f]/g;
  const REASONS = { 1001: "closed", 4000: "left", 4001: "moved", 4003: "fell", 4004: "refused" };
  const SEQUENCES = {
    Escape: "\x1b", Tab: "\t", Left: "\x1b[D", Up: "\x1b[A", Down: "\x1b[B", Right: "\x1b[C",
    Menu: "\x10",
  };
  const Plain = window.WebSocket;
  const find = (selector) => document.querySelector(selector);
  let socket = null;
  let refusal = "";
  let pause = FIRST_PAUSE;
  let waiting = 0;

  const said = () => JSON.parse(document.body.dataset.said);

  class Watched extends Plain {
    constructor(url) {
      super(url);
      socket = this;
      this.addEventListener("message", (event) => {
        if (typeof event.data === "string") heed(...JSON.parse(event.data));
      });
      this.addEventListener("close", (event) => closed(REASONS[event.code] || "lost"));
      this.addEventListener("open", focus);
      this.addEventListener("open", readAlong);
    }
    send(data) {
      if (this.readyState === Plain.OPEN) super.send(asPressed(data));
    }
  }
  window.WebSocket = Watched;

  // Their terminal sends Ctrl where Alt and an arrow up or down were pressed, which lead elsewhere.
  const asPressed = (data) =>
    typeof data === "string" ? data.replace(/(?<=\\u001b\[1;)5(?=[AB]")/, "3") : data;

  function heed(kind, what) {
    if (kind === "say") refusal = what;
    if (kind === "file") offer(what);
  }

  function closed(reason) {
    const [sentence, button] = said()[reason];
    find("#sentence").textContent = reason === "refused" ? refusal : sentence;
    find("#again").textContent = button;
    find("#again").hidden = false;
    document.body.classList.add("over");
    document.body.dataset.reason = reason;
    find("#again").focus();
    if (reason === "lost" || reason === "closed") probeAfter(pause);
  }

  async function probe() {
    let status = 0;
    try {
      status = (await fetch("alive", { cache: "no-store" })).status;
    } catch { /* nobody answers yet */ }
    if (status === 200) return location.reload();
    if (status === 403) return closed("gone");
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    probeAfter(pause * (0.75 + Math.random() / 2));
  }

  function probeAfter(milliseconds) {
    clearTimeout(waiting);
    waiting = setTimeout(probe, milliseconds);
  }

  // Whoever comes back from another app waits for nothing.
  function seen() {
    if (document.visibilityState === "visible" && waiting) probeAfter(0);
  }

  function offer({ key, name }) {
    const link = find("#file a");
    find("#file span").textContent = said().file;
    link.textContent = name;
    link.href = "file/" + encodeURIComponent(key);
    link.download = name;
    find("#file").hidden = false;
    document.body.classList.add("file");
    setTimeout(() => document.body.classList.remove("file"), FILE_SHOWN);
    link.click();
  }

  function focus() {
    const input = find(".xterm-helper-textarea");
    if (!input) return;
    input.setAttribute("autocapitalize", "none");
    input.setAttribute("autocomplete", "off");
    input.focus();
  }

  function press(key) {
    if (key !== "Keyboard" && socket) socket.send(JSON.stringify(["stdin", SEQUENCES[key]]));
    focus();
  }

  function reads(change = false) {
    try {
      if (change && localStorage.reader) localStorage.removeItem("reader");
      else if (change) localStorage.reader = "yes";
      return Boolean(localStorage.reader);
    } catch {
      return false; // a browser that keeps nothing shows the picture
    }
  }

  // A screen reader reads the rows one by one, as the terminal lists them for it.
  function offerReading(terminal) {
    const button = find("#reader");
    button.textContent = said().reader[reads() ? 1 : 0];
    button.addEventListener("click", () => { reads(true); location.reload(); });
    if (!reads()) return;
    terminal.dataset.reader = "yes";
    terminal.setAttribute("role", "group");
  }

  // Of a whole screen that changes, their live region would say far too much: ours says the line
  // that the caret has come to, and says it again if it was listed only after that. The terminal
  // keeps its input at the caret, and lists the rows once in a second at most.
  function readAlong() {
    const input = find(".xterm-helper-textarea"), region = find(".live-region");
    if (!region || !reads()) return;
    region.setAttribute("aria-live", "off");
    let before = -1, came = 0, spot = "";
    const tell = () => {
      const rows = document.querySelectorAll(".xterm-accessibility-tree > *");
      const at = rows.length ? Math.round(parseFloat(input.style.top) / rows[0].offsetHeight) : -1;
      const here = `${input.style.top} ${input.style.left}`;
      const isLate = here === spot && Date.now() - came < LISTED;
      if (!rows[at] || (at === before && !isLate)) return;
      if (at !== before) [before, came, spot] = [at, Date.now(), here];
      const line = rows[at].textContent.replace(FRAMES, " ").trim();
      if (find("#line").textContent !== line) find("#line").textContent = line;
    };
    const soon = () => setTimeout(tell, SETTLED);
    new MutationObserver(soon).observe(input, { attributes: true, attributeFilter: ["style"] });
    const tree = find(".xterm-accessibility-tree");
    const listing = { childList: true, characterData: true, subtree: true };
    new MutationObserver(soon).observe(tree, listing);
  }

  function fitHeight() {
    const seen = window.visualViewport;
    if (seen) document.body.style.setProperty("--height", `${seen.height}px`);
    window.scrollTo(0, 0);
    window.dispatchEvent(new Event("resize"));
  }

  function look() {
    if (matchMedia("(prefers-contrast: more)").matches) return "contrast";
    return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (!document.createElement("canvas").getContext("webgl2")) {
      find("#sentence").textContent = said().unable;
    }
    const width = document.documentElement.clientWidth;
    const wide = Math.floor(width / (width < NARROW ? SLIM_COLUMNS : COLUMNS) / CELL * 10) / 10;
    const place = location.pathname.replace(/[^/]*$/, "");
    const terminal = find("#terminal");
    offerReading(terminal);
    terminal.dataset.fontSize = Math.max(SMALLEST, Math.min(LARGEST, wide));
    terminal.dataset.sessionWebsocketUrl =
      location.origin.replace(/^http/, "ws") + place + "live/" + look();
    find("#again").addEventListener("click", () => location.reload());
    for (const button of document.querySelectorAll("#keys button")) {
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => press(button.dataset.key));
    }
    find("#file a").addEventListener("click", (event) => {
      if (!event.isTrusted) return; // ours: where a browser does not allow it, the link stays
      document.body.classList.remove("file");
      setTimeout(focus, 0);
    });
    terminal.addEventListener("click", focus);
    document.addEventListener("visibilitychange", seen);
    if (window.visualViewport) window.visualViewport.addEventListener("resize", fitHeight);
  });
})();
