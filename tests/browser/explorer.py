"""An Explorer in a page, read and moved as a person would."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from bpwidgets.widgets.explorer import VIEWS

# Every text that the views show, in one round: what stands in each named place.
READ = """el => ({
  rows: Object.fromEntries([...el.querySelectorAll('.bp-gradients tbody tr')].map((row) => [
    row.querySelector('input').value, [...row.querySelectorAll('td')].map((cell) => cell.textContent),
  ])),
  chosen: el.querySelector('.bp-gradients input:checked')?.value,
  total: el.querySelector('.bp-gradients tfoot td')?.textContent,
  breakdown: [...el.querySelectorAll('.bp-breakdown .bp-number')].map((node) => node.textContent),
  products: [...el.querySelectorAll('.bp-product .bp-number')].map((node) => node.textContent),
  diagram: Object.fromEntries([...el.querySelectorAll('.bp-network :is(.bp-node, .bp-label)')].map(
    (node) => [node.dataset.symbols.split(' ')[0],
      [...node.querySelectorAll('.bp-number')].map((text) => text.textContent)])),
  routes: [...el.querySelectorAll('.bp-routes li b')].map((node) => node.textContent),
  fields: Object.fromEntries([...el.querySelectorAll('.bp-controls .bp-control')].map(
    (row) => [row.dataset.symbols, row.querySelector('input[type=text]').value])),
  after: el.querySelector('.bp-gradients tfoot td:last-child')?.textContent,
  surface: el.querySelector('.bp-surface .bp-spoken')?.textContent,
  slice: el.querySelector('.bp-slice .bp-spoken')?.textContent,
  training: el.querySelector('.bp-training .bp-spoken')?.textContent,
  axes: [...el.querySelectorAll('.bp-surface select')].map((select) => select.value),
  messages: [...el.querySelectorAll('.bp-message')].map((node) => node.textContent).join(''),
})"""

# The elements of ours whose content is wider than they are, or that stand out of their view.  An axis'
# numbers stand where they belong on it, and have only not to leave the view.
CLIPPED = """el => [...el.querySelectorAll('.bp-view'), ...el.querySelectorAll('.bp-view *')]
  .filter((node) => node instanceof HTMLElement && node.clientWidth > 0
    && !node.closest('.bp-scroll, .bp-plot') && !node.matches('input, select, textarea')
    && node.scrollWidth > node.clientWidth + 1)
  .map((node) => `${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}: `
    + node.textContent.slice(0, 60))"""

OUTSIDE = """el => [...el.querySelectorAll('.bp-view')].flatMap((view) => {
  const box = view.getBoundingClientRect();
  return [...view.querySelectorAll('*')].filter((node) => {
    const own = node.getBoundingClientRect();
    return own.width > 0 && !node.closest('.bp-scroll')
      && (own.right > box.right + 1 || own.left < box.left - 1 || own.bottom > box.bottom + 1);
  }).map((node) => `${view.className}: ${node.tagName}.${node.className} stands out`);
})"""


class ExplorerPage:
    """One displayed Explorer: the element that holds its views."""

    def __init__(self, page: Page, holder: Locator) -> None:
        self.page = page
        self.holder = holder
        expect(holder.locator(".bp-view")).to_have_count(len(VIEWS))
        expect(holder.locator(".bp-gradients tbody tr").first).to_be_visible()

    def slider(self, name: str) -> Locator:
        return self.holder.get_by_role("slider", name=name, exact=True)

    def field(self, name: str) -> Locator:
        return self.holder.get_by_role("textbox", name=f"{name}, exact number", exact=True)

    def radio(self, name: str) -> Locator:
        return self.holder.get_by_role("radio", name=f"Explain {name}", exact=True)

    def axis(self, label: str) -> Locator:
        return self.holder.get_by_role("combobox", name=label)

    def answer(self, name: str) -> Locator:
        """What is said beside a field."""
        slider = self.page.get_by_role("slider", name=name, exact=True)
        return self.holder.locator(".bp-control").filter(has=slider).locator(".bp-refused")

    def view(self, kind: str) -> Locator:
        return self.holder.locator(f".bp-view.bp-{kind}")

    def unfold(self) -> None:
        """Open every view that shows only its title."""
        titles = self.holder.locator(".bp-folder[aria-expanded=false]")
        for left in reversed(range(titles.count())):
            titles.first.press("Enter")
            expect(titles).to_have_count(left)

    def enter(self, name: str, text: str) -> None:
        """Type an exact number."""
        self.field(name).fill(text)
        self.field(name).press("Enter")

    def press(self, name: str, *keys: str) -> None:
        """Press keys on a slider."""
        self.slider(name).focus()
        for key in keys:
            self.page.keyboard.press(key)

    def gradient(self, name: str) -> Locator:
        """The cell of the table that shows a gradient."""
        radio = self.page.get_by_role("radio", name=f"Explain {name}", exact=True)
        row = self.holder.locator(".bp-gradients tbody tr").filter(has=radio)
        return row.locator("td").nth(1)

    def read(self) -> dict:
        return self.holder.evaluate(READ)

    def clipped(self) -> list[str]:
        return [*self.holder.evaluate(CLIPPED), *self.holder.evaluate(OUTSIDE)]
