/**
 * What the error page does in the browser: it copies itself as text, and moves what a line is marked for into view.
 * Without it, the text can be selected and the source moved by hand.
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
