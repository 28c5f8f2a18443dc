// A host of anywidget that has only what its contract promises: like marimo, without a `widget_manager`.
import { create as createThere } from "./marimo.js";

export * from "./marimo.js";

export function create(given) {
  const held = createThere(given);
  delete held.model.widget_manager;
  return held;
}
