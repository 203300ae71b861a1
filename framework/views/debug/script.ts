/**
 * What the error page does in the browser: it copies itself as text. Without it, the text can be selected.
 *
 * Layer 6 (views). A constant. A page that is not served from this machine has no clipboard but the old command.
 */
export const COPY_SCRIPT: string = `
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
`;
