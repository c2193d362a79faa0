// <up-pause seconds="30"><p>About 30 seconds …</p></up-pause>
// A circle that grows and shrinks slowly, and a line that says when the time is over. Nothing ticks, nothing
// sounds, and the page can be left at any moment. Where motion is unwanted the circle stands still; without
// script only the words are there.

class UpPause extends HTMLElement {
  connectedCallback() {
    const seconds = Number(this.getAttribute("seconds"));
    this.circle = document.createElement("span");
    this.circle.className = "breath";
    this.circle.setAttribute("aria-hidden", "true");
    this.said = document.createElement("p");
    this.said.className = "soft";
    this.said.setAttribute("role", "status");
    this.prepend(this.circle);
    this.append(this.said);
    if (seconds > 0) this.timer = setTimeout(() => this.over(seconds), seconds * 1000);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.circle.remove();
    this.said.remove();
  }

  over(seconds) {
    this.dataset.over = "";
    this.said.textContent = `${seconds} seconds are over. Stay a little, or go on.`;
  }
}

customElements.define("up-pause", UpPause);
