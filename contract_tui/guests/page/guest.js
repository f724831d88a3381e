// Around the terminal: its size, the way back after a lost connection, files, keys of a phone.
// It runs before the terminal's own script, so that it sees the one socket which that one opens.
"use strict";
(() => {
  const COLUMNS = 60; // what the smallest screen of the program needs
  const LARGEST = 16, SMALLEST = 8; // pixels
  const CELL = 0.6; // width of a letter of the font, in parts of its size
  const FIRST_PAUSE = 500, LONGEST_PAUSE = 15000, FILE_SHOWN = 20000; // milliseconds
  const REASONS = { 1001: "closed", 4000: "left", 4001: "moved", 4003: "fell", 4004: "refused" };
  const SEQUENCES = {
    Escape: "\x1b", Tab: "\t", Left: "\x1b[D", Up: "\x1b[A", Down: "\x1b[B", Right: "\x1b[C",
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
    }
    send(data) {
      if (this.readyState === Plain.OPEN) super.send(data);
    }
  }
  window.WebSocket = Watched;

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
    const wide = Math.floor(document.documentElement.clientWidth / COLUMNS / CELL * 10) / 10;
    const place = location.pathname.replace(/[^/]*$/, "");
    const terminal = find("#terminal");
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
