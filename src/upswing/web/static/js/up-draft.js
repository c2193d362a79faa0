// <up-draft src="/draft/…"><form>…</form></up-draft>
// Sends what stands in the form to `src`: 3 s after the last key, at the latest every 10 s, and at once
// when the page is hidden or about to be locked. Nothing touches the browser's own storage.
// longest="1000000": a text of more bytes is neither kept nor sent, since no page could come back with it;
// it stays where it is, and the line says so.

const PAUSE = 3000;
const LONGEST = 10000;
const ONCE = 4000;
const LONG = "This text is longer than one entry can hold, so it is not kept yet. Your words are still on this page. Two entries would hold them.";
const KEEPALIVE_LIMIT = 60000; // browsers refuse a longer body when the page is already going away

class UpDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.line = this.querySelector(".kept");
    this.sent = this.body();
    this.form.addEventListener("input", () => this.wait());
    this.form.addEventListener("change", () => this.wait());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.onHide = ({ type }) => (type === "pagehide" || document.hidden) && this.keep();
    this.onKeep = (event) => event.detail.push(this.keep());
    document.addEventListener("visibilitychange", this.onHide);
    window.addEventListener("pagehide", this.onHide);
    document.addEventListener("up:keep", this.onKeep);
  }

  disconnectedCallback() {
    this.stop();
    document.removeEventListener("visibilitychange", this.onHide);
    window.removeEventListener("pagehide", this.onHide);
    document.removeEventListener("up:keep", this.onKeep);
  }

  body() {
    const texts = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(texts).toString();
  }

  wait() {
    this.gone = false; // a submit that came to nothing: go on keeping
    this.since ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), Math.min(PAUSE, LONGEST - (Date.now() - this.since)));
  }

  submit(event) {
    if (this.tooLong()) this.say(false);
    if (this.tooLong() || this.onItsWay) return event.preventDefault();
    this.onItsWay = true; // a second click while the first is on its way would write it twice
    setTimeout(() => (this.onItsWay = false), ONCE);
    this.stop();
  }

  tooLong() {
    const longest = Number(this.getAttribute("longest") ?? Infinity);
    const texts = [...this.form.querySelectorAll("textarea")].map(({ value }) => value);
    return texts.some((text) => text.length > longest || new Blob([text]).size > longest);
  }

  stop() {
    clearTimeout(this.timer);
    this.since = undefined;
    this.gone = true;
  }

  keep() {
    clearTimeout(this.timer);
    this.since = undefined;
    if (this.tooLong()) return this.say(false);
    const body = this.body();
    if (!this.gone && body !== this.sent && body !== this.underway) this.flight = this.send(body);
    return this.flight;
  }

  async send(body) {
    this.underway = body;
    const keepalive = body.length < KEEPALIVE_LIMIT;
    const request = { method: "POST", body: new URLSearchParams(body), keepalive };
    const answer = await fetch(this.getAttribute("src"), request).catch(() => null);
    if (this.underway !== body) return; // a later one is under way and will tell
    this.underway = undefined;
    // 423: the vault locked itself meanwhile, and the server sealed what arrived
    const kept = Boolean((answer?.ok && !answer.redirected) || answer?.status === 423);
    if (kept) this.sent = body;
    if (!answer || answer.status === 503) this.wait(); // nothing answered, or the disk is full: try again
    this.say(kept);
  }

  say(kept) {
    if (!this.line) return;
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
    this.line.dataset.state = kept ? "kept" : "unkept";
    this.line.textContent = kept
      ? `Kept at ${time}`
      : this.tooLong() ? LONG : "Not kept yet. Your words are still on this page; leave it open, or copy them.";
  }
}

customElements.define("up-draft", UpDraft);
