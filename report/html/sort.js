"use strict";
// Headings become buttons: the first press sorts rows upwards, the second downwards, the third as they were.
const byText = new Intl.Collator("en", { numeric: true }).compare;
const next = { none: "ascending", ascending: "descending", descending: "none" };
for (const table of document.querySelectorAll("table[data-name]")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  if (rows.length < 2) continue;
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const order = next[heading.getAttribute("aria-sort") || "none"];
      for (const other of headings) other.removeAttribute("aria-sort");
      if (order !== "none") heading.setAttribute("aria-sort", order);
      body.append(...sorted(rows, column, heading.classList.contains("n"), order));
    });
  });
}
function sorted(rows, column, numeric, order) {
  if (order === "none") return rows;
  const unknown = "–"; // last, whichever way
  const sign = order === "ascending" ? 1 : -1;
  const keyed = rows.map((row) => [row.cells[column].textContent, row]);
  keyed.sort(([a], [b]) => {
    if (a === unknown || b === unknown) return (a === unknown) - (b === unknown);
    const difference = numeric ? Number(a) - Number(b) : NaN;
    return sign * (Number.isNaN(difference) ? byText(a, b) : difference);
  });
  return keyed.map(([, row]) => row);
}
