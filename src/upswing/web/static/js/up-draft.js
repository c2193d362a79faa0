// <up-draft src="/draft/…"><form>…</form></up-draft>
// Sends what stands in the form to `src`: 3 s after the last key, at the latest every 10 s, and at once
// when the page is hidden or about to be locked. Nothing touches the browser's own storage.

const PAUSE = 3000;
const LONGEST = 10000;
const KEEPALIVE_LIMIT = 60000; // browsers refuse a longer body when the page is already going away

class UpDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.line = this.querySelector(".kept");
    this.sent = this.body();
    this.form.addEventListener("input", () => this.wait());
    this.form.addEventListener("change", () => this.wait());
    this.form.addEventListener("submit", () => this.stop());
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

  stop() {
    clearTimeout(this.timer);
    this.since = undefined;
    this.gone = true;
  }

  keep() {
    clearTimeout(this.timer);
    this.since = undefined;
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
    if (!answer) this.wait(); // nothing answered: try again
    if (this.line) this.say(kept);
  }

  say(kept) {
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
    this.line.dataset.state = kept ? "kept" : "unkept";
    this.line.textContent = kept
      ? `Kept at ${time}`
      : "Not kept yet. Your words are still on this page; leave it open, or copy them.";
  }
}

customElements.define("up-draft", UpDraft);
