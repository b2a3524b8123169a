// Lays the two pictures of a figure over each other: overlay and swipe, by mouse, touch and keyboard. Without this
// script they stand side by side.
"use strict";

document.querySelectorAll(".compare").forEach((compare, index) => {
  const modes = [["side-by-side", "Side by side"], ["overlay", "Overlay"], ["swipe", "Swipe"]];
  const controls = document.createElement("fieldset");
  controls.className = "compare-controls";
  const legend = document.createElement("legend");
  legend.textContent = "Show";
  controls.append(legend);

  const range = document.createElement("input");
  range.type = "range";
  range.min = "0";
  range.max = "100";
  range.value = "50";
  const rangeLabel = document.createElement("label");
  const rangeName = document.createElement("span");
  rangeLabel.append(rangeName, range);

  const place = () => compare.style.setProperty("--share", String(Number(range.value) / 100));
  const choose = (mode) => {
    for (const [name] of modes) compare.classList.toggle(name, name === mode);
    compare.classList.toggle("layered", mode !== "side-by-side");
    rangeLabel.hidden = mode === "side-by-side";
    rangeName.textContent = mode === "swipe" ? "First report up to" : "Share of the second report";
    place();
  };

  for (const [name, text] of modes) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = `compare-${index}`;
    radio.checked = name === "side-by-side";
    radio.addEventListener("change", () => choose(name));
    label.append(radio, text);
    controls.append(label);
  }
  range.addEventListener("input", place);
  controls.append(rangeLabel);
  compare.prepend(controls);

  // The picture itself may be swiped as well.
  const follow = (event) => {
    const box = compare.querySelector(".compare-before").getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    range.value = String(Math.round(100 * Math.min(1, Math.max(0, share))));
    place();
  };
  const before = compare.querySelector(".compare-before");
  before.addEventListener("pointerdown", (event) => {
    if (!compare.classList.contains("swipe")) return;
    event.preventDefault();
    before.setPointerCapture(event.pointerId);
    follow(event);
  });
  before.addEventListener("pointermove", (event) => {
    if (compare.classList.contains("swipe") && before.hasPointerCapture(event.pointerId)) follow(event);
  });

  choose("side-by-side");
});
