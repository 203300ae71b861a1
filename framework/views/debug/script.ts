/**
 * What the error page does in the browser: it copies itself as text, moves what a line is marked for into view,
 * stays where it is when an editor cannot be started, and says why. Without it, there are hands and the back button.
 *
 * Layer 6 (views). A constant. A page that is not served from this machine has no clipboard but the old command.
 */
export const ERROR_SCRIPT: string = `
const button = document.getElementById("copy");
const text = document.getElementById("as-text");
const label = button.textContent;
button.hidden = false;
button.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    text.closest("details").open = true;
    text.select();
    document.execCommand("copy");
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = label; }, 1600);
});
const [form] = document.forms;
form?.addEventListener("submit", async (event) => {
  const place = event.submitter.value;
  event.preventDefault();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams({ place }) });
    const status = document.getElementById("editor-status") ?? document.createElement("span");
    status.id = "editor-status";
    status.role = "status";
    status.textContent = await answer.text();
    (event.submitter.closest(".where, .bar") ?? document.querySelector(".where")).append(status);
  } catch {
    // The site's policy may allow scripts no requests, but forms.
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "place", value: place });
    form.append(field);
    form.submit();
  }
});
const showMarks = (root) => {
  for (const mark of root.querySelectorAll(".code mark")) {
    const code = mark.closest(".code");
    const hidden = mark.offsetLeft + mark.offsetWidth + 24 - code.clientWidth;
    if (hidden > 0) code.scrollLeft = Math.min(hidden, mark.offsetLeft - 72);
  }
};
showMarks(document);
// What is folded has no width until it is opened.
document.addEventListener("toggle", ({ target }) => showMarks(target), true);
`;
