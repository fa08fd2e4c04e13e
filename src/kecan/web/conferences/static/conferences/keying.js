// Keyboard entry of one sheet: 1 agree, 0 disagree, space none, 2 both; the next line gets the focus.
const STATES = { "1": "agree", "0": "disagree", " ": "none", "2": "both" };
const form = document.querySelector("form[data-keying]");
if (form) {
  const rows = [...form.querySelectorAll("table.keying tbody tr")];
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("table.keying tbody tr");
    if (!row || !(event.key in STATES)) return;
    event.preventDefault();
    row.querySelector(`input[value=${STATES[event.key]}]`).checked = true;
    const next = rows[rows.indexOf(row) + 1];
    (next ? next.querySelector("input") : form.querySelector("button")).focus();
  });
  // What stands above the lines (which sheet, rows to find it by) stays in sight.
  rows[0]?.querySelector("input").focus({ preventScroll: true });
}
