// Deciding boxes by keyboard: 1 marked, 0 empty, X invalid, arrows to move; the next open box follows.
const form = document.querySelector("form[data-boxes]");
if (form) {
  const boxes = [...form.querySelectorAll("fieldset")];
  const go = (place) => {
    const box = boxes[Math.max(0, Math.min(place, boxes.length - 1))];
    (box.querySelector("input:checked") ?? box.querySelector("input")).focus();
    box.scrollIntoView({ block: "center" });
  };
  form.addEventListener("keydown", (event) => {
    const place = boxes.indexOf(event.target.closest("fieldset"));
    if (place < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    const step = { arrowright: 1, arrowdown: 1, arrowleft: -1, arrowup: -1 }[key];
    if (step) {
      event.preventDefault();
      go(place + step);
    } else if (["1", "0", "x"].includes(key)) {
      event.preventDefault();
      boxes[place].querySelector(`input[value="${key}"]`).checked = true;
      const next = boxes.findIndex((box, at) => at > place && !box.querySelector("input:checked"));
      if (next < 0) form.querySelector("button").focus();
      else go(next);
    }
  });
  go(0);
}
