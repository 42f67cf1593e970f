// Finding and sorting in tables, and Escape to close a picture. Without this file every row is there, in the order in
// which it was written, and a picture closes by its link.
"use strict";

function matches(row, tools) {
  const wanted = tools.querySelector("[data-find]").value.trim().toLowerCase();
  if (wanted && !row.textContent.toLowerCase().includes(wanted)) return false;
  return [...tools.querySelectorAll("[data-choose]")].every((control) => {
    const value = control.type === "checkbox" ? (control.checked ? control.value : "") : control.value;
    return !value || row.getAttribute(`data-${control.dataset.choose}`).split(" ").includes(value);
  });
}

function filter(tools, place) {
  const rows = [...place.querySelectorAll("[data-row]")];
  let shown = 0;
  for (const row of rows) {
    row.hidden = !matches(row, tools);
    shown += row.hidden ? 0 : 1;
  }
  for (const group of place.querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("[data-row]:not([hidden])");
  }
  tools.querySelector("output").textContent = shown === rows.length ? "" : `${shown} of ${rows.length} shown`;
}

function key(row, column) {
  const cell = row.cells[column];
  return cell.dataset.sort === undefined ? cell.textContent.trim().toLowerCase() : Number(cell.dataset.sort);
}

function sort(table, heading) {
  const descending = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const body = table.tBodies[0];
  const keyed = [...body.rows].map((row) => [key(row, heading.cellIndex), row]);
  keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0) * (descending ? -1 : 1));
  body.append(...keyed.map(([, row]) => row));
}

for (const tools of document.querySelectorAll("[data-for]")) {
  for (const event of ["input", "change"]) {
    tools.addEventListener(event, () => filter(tools, document.getElementById(tools.dataset.for)));
  }
  tools.hidden = false;
}

for (const table of document.querySelectorAll("[data-sortable]")) {
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading));
    heading.append(button);
  }
}

document.addEventListener("keydown", (event) => {
  const enlarged = document.querySelector(".enlarged:target");
  if (event.key === "Escape" && enlarged) enlarged.querySelector("a").click();
});
