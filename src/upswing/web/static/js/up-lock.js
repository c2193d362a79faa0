// <up-lock to="/"><form method="post" action="/lock/">…</form></up-lock>   in the head of an open page
// <up-lock locked></up-lock>                                              on the page shown while locked
// Before a lock every tab keeps its draft; after it every other tab goes blank and on to `to`,
// where the locked page answers. A page that comes out of the back-forward cache asks the server again.

const PATIENCE = 1500; // milliseconds that drafts get before the lock goes ahead
const channel = new BroadcastChannel("upswing");

function keepDrafts() {
  const running = [];
  document.dispatchEvent(new CustomEvent("up:keep", { detail: running }));
  return Promise.allSettled(running);
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function blank() {
  document.title = "Upswing";
  document.body.replaceChildren();
}

class UpLock extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("locked")) {
      channel.postMessage("locked");
      return;
    }
    this.addEventListener("submit", (event) => this.lock(event));
    this.onMessage = ({ data }) => this.hear(data);
    channel.addEventListener("message", this.onMessage);
  }

  disconnectedCallback() {
    channel.removeEventListener("message", this.onMessage);
  }

  async lock(event) {
    event.preventDefault();
    channel.postMessage("keep");
    // other tabs answer nothing: a short wait lets their drafts arrive before the key goes
    await Promise.race([Promise.all([keepDrafts(), pause(250)]), pause(PATIENCE)]);
    event.target.submit(); // not requestSubmit: that would ask this element again
  }

  hear(word) {
    if (word === "keep") keepDrafts();
    if (word !== "locked") return;
    const to = this.getAttribute("to");
    blank();
    location.replace(to);
  }
}

window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  blank();
  location.reload();
});

customElements.define("up-lock", UpLock);
