// <up-look><div id="second-look">…</div><p role="status"></p></up-look>   inside a form
// Puts each question of the form's .asked lists beside the line that it is about, where the page is wide;
// elsewhere, and with data-below, they stay below their fields, where the server has put them. A new one is
// told in the status. The focus stays where it is, until somebody presses the words of a question.

const WIDE = matchMedia("(min-width: 62.01rem)");
const GAP = 12; // pixels between two questions
const LINES = ["boxSizing", "direction", "fontFamily", "fontSize", "fontStyle", "fontWeight", "letterSpacing",
  "lineHeight", "paddingBottom", "paddingLeft", "paddingRight", "paddingTop", "tabSize", "textIndent",
  "textTransform", "wordSpacing"];

// Where the words from `at` on stand in a text area, in pixels below its upper edge.
function depth(area, at) {
  const style = getComputedStyle(area);
  const mirror = document.createElement("div");
  for (const name of LINES) mirror.style[name] = style[name];
  Object.assign(mirror.style, { position: "absolute", top: "0", left: "0", visibility: "hidden",
    boxSizing: "border-box", width: `${area.clientWidth}px`, whiteSpace: "pre-wrap", overflowWrap: "break-word" });
  const word = document.createElement("span");
  word.textContent = area.value.slice(at) || ".";
  mirror.append(area.value.slice(0, at), word);
  document.body.append(mirror);
  const top = word.getClientRects()[0].top - mirror.getBoundingClientRect().top;
  mirror.remove();
  return top + area.clientTop - area.scrollTop;
}

// Where the words stand now: at `at`, or where they are nearest to it; -1 where they are gone.
function place(text, words, at) {
  if (text.startsWith(words, at)) return at;
  const before = text.lastIndexOf(words, at);
  const after = text.indexOf(words, at);
  if (before < 0 || after < 0) return Math.max(before, after);
  return at - before < after - at ? before : after;
}

class UpLook extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.status = this.querySelector("[role=status]");
    this.said = new Set(this.questions().map(({ item }) => item.textContent));
    this.form.classList.add("looked");
    this.soon = () => (this.frame ??= requestAnimationFrame(() => this.arrange()));
    this.onAnswer = () => (this.tell(), this.soon());
    this.onPress = (event) => this.press(event);
    for (const name of ["input", "scroll", "toggle"]) this.form.addEventListener(name, this.soon, true);
    this.form.addEventListener("click", this.onPress);
    this.addEventListener("htmx:afterSettle", this.onAnswer);
    this.sizes = new ResizeObserver(this.soon);
    for (const field of [this.form, ...this.form.querySelectorAll("textarea")]) this.sizes.observe(field);
    WIDE.addEventListener("change", this.soon);
    document.fonts?.ready.then(this.soon);
    this.soon();
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.frame);
    this.sizes.disconnect();
    WIDE.removeEventListener("change", this.soon);
  }

  // Each question with its field. The list of a field stands in #asked-<name>.
  questions() {
    return [...this.form.querySelectorAll(".asked li")].map((item) => {
      const field = this.form.elements.namedItem(item.closest(".asked").id.slice("asked-".length));
      return { item, field, words: item.querySelector("q").textContent };
    });
  }

  arrange() {
    this.frame = undefined;
    const wide = WIDE.matches && !this.hasAttribute("data-below");
    for (const list of this.form.querySelectorAll(".asked")) list.classList.toggle("beside-line", wide);
    const found = this.questions().filter((one) => this.find(one));
    if (wide) this.stand(found);
    else this.form.style.minHeight = "";
  }

  // Whether the words are still there; a question about words that are gone is not shown.
  find({ item, field, words }) {
    const at = place(field.value, words, Number(item.dataset.at));
    item.hidden = at < 0;
    if (at >= 0) item.dataset.at = at;
    return at >= 0 && field.getClientRects().length > 0;
  }

  stand(found) {
    const form = this.form.getBoundingClientRect();
    const columns = [this.form, ...this.form.querySelectorAll(".form")].filter((each) => each.classList.contains("form"));
    const right = Math.max(...columns.map((each) => each.getBoundingClientRect().right)) - form.left;
    const gap = parseFloat(getComputedStyle(this.closest(".spread")).columnGap) || 0;
    const sorted = found.map((one) => ({ ...one, top: this.height(one) - form.top })).sort((a, b) => a.top - b.top);
    let free = -Infinity;
    for (const { item, top } of sorted) {
      const here = Math.max(top, free);
      item.style.left = `${right + gap}px`;
      item.style.top = `${here}px`;
      free = here + item.offsetHeight + GAP;
    }
    // where the last one reaches below the form, what comes after it makes room
    this.form.style.minHeight = free > form.height + GAP ? `${free}px` : "";
  }

  // Where the line of a question is on the page; one that is scrolled out of its field stays at the edge.
  height({ item, field }) {
    const box = field.getBoundingClientRect();
    if (field.localName !== "textarea") return box.top + 8;
    const line = depth(field, Number(item.dataset.at));
    return box.top + Math.min(Math.max(line, 0), Math.max(box.height - 32, 0));
  }

  tell() {
    const fresh = this.questions().filter(({ item }) => !this.said.has(item.textContent));
    for (const { item } of fresh) this.said.add(item.textContent);
    if (fresh.length) this.status.textContent = fresh.map(({ item }) => item.textContent).join(" ");
  }

  press(event) {
    const item = event.target.closest(".asked a")?.closest("li");
    if (!item) return;
    event.preventDefault();
    const { field, words } = this.questions().find((one) => one.item === item);
    const at = Number(item.dataset.at);
    field.focus();
    field.setSelectionRange(at, at + words.length);
  }
}

customElements.define("up-look", UpLook);
