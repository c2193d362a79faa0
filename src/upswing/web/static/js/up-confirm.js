// <up-confirm><details class="ask"><summary>Erase</summary><div class="asked">…</div></details></up-confirm>
// Turns the unfolding question of parts/confirm.html into a dialog that holds the focus, closes on
// Escape, and gives the focus back to the word that opened it.

let named = 0;

class UpConfirm extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    const asked = this.querySelector(".asked");
    if (!details || !asked) return; // already a dialog: the element was moved
    this.dialog = document.createElement("dialog");
    this.dialog.append(asked);
    asked.className = "";
    this.name(asked.querySelector("h2"));
    this.opener = this.button(details.querySelector("summary").textContent);
    details.replaceWith(this.opener, this.dialog);
    this.listen();
  }

  button(words) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = words;
    return button;
  }

  name(heading) {
    heading.id ||= `asked-${(named += 1)}`;
    this.dialog.setAttribute("aria-labelledby", heading.id);
  }

  listen() {
    const keep = this.dialog.querySelector("[data-keep]");
    keep.hidden = false;
    keep.addEventListener("click", () => this.dialog.close());
    this.opener.addEventListener("click", () => {
      this.dialog.showModal();
      keep.focus();
    });
    this.dialog.addEventListener("close", () => this.opener.focus());
  }
}

customElements.define("up-confirm", UpConfirm);
